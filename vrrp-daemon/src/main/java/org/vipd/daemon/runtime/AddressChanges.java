package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;

/** Says in an operator's words which addresses of an instance differ. */
final class AddressChanges {

  private final InstanceConfig before;
  private final InstanceConfig after;
  private final List<VirtualAddressConfig> gone;
  private final List<VirtualAddressConfig> fresh;

  private AddressChanges(InstanceConfig before, InstanceConfig after) {
    this.before = before;
    this.after = after;
    this.gone = without(before.addresses(), after.addresses());
    this.fresh = without(after.addresses(), before.addresses());
  }

  /** Compares the addresses of one instance in two configurations. */
  static AddressChanges between(InstanceConfig before, InstanceConfig after) {
    return new AddressChanges(before, after);
  }

  /** Whether the instance no longer has one. */
  boolean losesSome() {
    return !lost().isEmpty();
  }

  /**
   * The differences.
   *
   * @param holds whether the addresses are on this node now
   */
  List<String> details(boolean holds) {
    List<String> details = new ArrayList<>();
    List<VirtualAddressConfig> rewritten = fresh.stream().filter(it -> isIn(it, gone)).toList();
    List<VirtualAddressConfig> moved = rewritten.stream().filter(this::isMoved).toList();
    if (losesSome()) {
      details.add((holds ? "removes " : "no longer has ") + texts(lost()));
    }
    moved.forEach(it -> details.add(move(it, holds)));
    List<VirtualAddressConfig> stayed = without(rewritten, moved);
    if (!stayed.isEmpty()) {
      details.add(
          (holds ? "removes and at once installs with other settings " : "has other settings of ")
              + texts(stayed));
    }
    if (gone.isEmpty() && fresh.isEmpty() && !before.addresses().equals(after.addresses())) {
      details.add("order of addresses");
    }
    List<VirtualAddressConfig> added = without(fresh, rewritten);
    if (!added.isEmpty()) {
      details.add((holds ? "installs and announces " : "also has ") + texts(added));
    }
    return details;
  }

  private List<VirtualAddressConfig> lost() {
    return gone.stream().filter(it -> !isIn(it, fresh)).toList();
  }

  private boolean isMoved(VirtualAddressConfig address) {
    return !before.deviceOf(old(address)).equals(after.deviceOf(address));
  }

  private String move(VirtualAddressConfig address, boolean holds) {
    VirtualAddressConfig old = old(address);
    String from = before.deviceOf(old);
    String to = after.deviceOf(address);
    boolean isSame =
        old.options().equals(address.options()) && old.isAdvertised() == address.isAdvertised();
    return (holds
            ? "moves " + address.text() + " from " + from + " to " + to
            : "has " + address.text() + " on " + to + " instead of " + from)
        + (isSame ? "" : ", with other settings");
  }

  /** What an address was that has other settings now. */
  private VirtualAddressConfig old(VirtualAddressConfig address) {
    return gone.stream().filter(it -> it.text().equals(address.text())).findFirst().orElseThrow();
  }

  private static boolean isIn(VirtualAddressConfig address, List<VirtualAddressConfig> others) {
    return others.stream().anyMatch(it -> it.text().equals(address.text()));
  }

  private static List<VirtualAddressConfig> without(
      List<VirtualAddressConfig> all, List<VirtualAddressConfig> excluded) {
    return all.stream().filter(address -> !excluded.contains(address)).toList();
  }

  private static String texts(List<VirtualAddressConfig> addresses) {
    return addresses.stream().map(VirtualAddressConfig::text).collect(Collectors.joining(", "));
  }
}
