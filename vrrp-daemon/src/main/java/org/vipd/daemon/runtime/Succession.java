package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.RouterKey;

/**
 * Says why an instance of a configuration is not the one that takes its place in the next: what it
 * is on the LAN has changed, so others see a router go and another one come.
 */
final class Succession {

  private Succession() {}

  /** The reason; empty when none of those that are added is meant to be the same. */
  static Optional<String> of(InstanceConfig removed, List<InstanceConfig> added) {
    return added.stream()
        .filter(it -> it.key().equals(removed.key()))
        .findFirst()
        .or(() -> added.stream().filter(it -> it.name().equals(removed.name())).findFirst())
        .map(it -> reason(removed, it));
  }

  private static String reason(InstanceConfig before, InstanceConfig after) {
    RouterKey old = before.key();
    RouterKey fresh = after.key();
    List<String> changes = new ArrayList<>();
    change(changes, "interface", old.interfaceName(), fresh.interfaceName());
    change(changes, "family", family(old), family(fresh));
    change(changes, "VRID", old.vrid().value(), fresh.vrid().value());
    change(changes, "version", before.version().number(), after.version().number());
    String successor = after.name().equals(before.name()) ? "" : " of " + after.name();
    return String.join(", ", changes) + successor + " makes it another virtual router";
  }

  private static String family(RouterKey key) {
    return key.family() == AddressFamily.IPV4 ? "IPv4" : "IPv6";
  }

  private static void change(List<String> changes, String what, Object before, Object after) {
    if (!before.equals(after)) {
      changes.add(what + " " + before + " -> " + after);
    }
  }
}
