package org.vipd.daemon.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ElectionConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.InstanceExtras;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.SecondsText;
import org.vipd.daemon.config.Transport;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;

/** Says in an operator's words which settings of an instance differ, its addresses aside. */
final class InstanceChanges {

  private final List<String> details = new ArrayList<>();

  private final boolean holds;

  private InstanceChanges(boolean holds) {
    this.holds = holds;
  }

  /**
   * The differences, none that means nothing for a router that runs.
   *
   * @param holds whether its routes and rules are on this node now
   */
  static List<String> between(InstanceConfig before, InstanceConfig after, boolean holds) {
    InstanceChanges changes = new InstanceChanges(holds);
    changes.values("name", before.name(), after.name());
    changes.election(before.election(), after.election());
    changes.transport(before.transport(), after.transport());
    changes.authentication(before.authentication(), after.authentication());
    changes.named("packet settings change", before.wire(), after.wire());
    changes.named("tracked checks change", before.tracks(), after.tracks());
    changes.named("notify scripts change", before.hooks(), after.hooks());
    changes.extras(before.extras(), after.extras());
    return changes.details;
  }

  private void election(ElectionConfig before, ElectionConfig after) {
    values("priority", before.priority(), after.priority());
    values("interval", text(before.interval()), text(after.interval()));
    values("preemption", onOff(before.preempts()), onOff(after.preempts()));
    values("preemption delay", text(before.preemptDelay()), text(after.preemptDelay()));
    values("lease of the addresses", text(before.lease()), text(after.lease()));
    named("announcements change", before.announcements(), after.announcements());
    named("how others are answered and awaited changes", before.behaviour(), after.behaviour());
  }

  private void transport(Transport before, Transport after) {
    boolean isSameKind = before.getClass().equals(after.getClass());
    if (isSameKind && before instanceof Transport.Unicast) {
      peers("no longer sends to ", before.destinations(), after.destinations());
      peers("sends to ", after.destinations(), before.destinations());
    } else if (isSameKind) {
      values("group", texts(before.destinations()), texts(after.destinations()));
    } else {
      values("transport", kind(before), kind(after));
    }
    values("source address", source(before.source()), source(after.source()));
  }

  private void peers(String what, List<IpAddress> all, List<IpAddress> known) {
    List<IpAddress> others = all.stream().filter(it -> !known.contains(it)).toList();
    if (!others.isEmpty()) {
      details.add(what + texts(others));
    }
  }

  private static String kind(Transport transport) {
    return transport instanceof Transport.Unicast
        ? "unicast to " + texts(transport.destinations())
        : "multicast";
  }

  private static String texts(List<IpAddress> addresses) {
    return addresses.stream().map(IpAddress::toString).collect(Collectors.joining(", "));
  }

  private static String source(Optional<IpAddress> source) {
    return source.map(IpAddress::toString).orElse("that of the interface");
  }

  private void authentication(AuthenticationConfig before, AuthenticationConfig after) {
    String old = name(before);
    if (!old.equals(name(after))) {
      values("authentication", old, name(after));
    } else {
      named("the secret or the settings of authentication " + old + " change", before, after);
    }
  }

  private static String name(AuthenticationConfig authentication) {
    if (authentication instanceof AuthenticationConfig.None) {
      return "none";
    }
    if (authentication instanceof AuthenticationConfig.Password) {
      return "PASS";
    }
    return authentication instanceof AuthenticationConfig.Header ? "AH" : "auth_hmac";
  }

  private void extras(InstanceExtras before, InstanceExtras after) {
    named("what it tracks beside checks changes", before.tracks(), after.tracks());
    values("strict mode", onOff(before.isStrict()), onOff(after.isStrict()));
    named("virtual interface changes", before.virtualInterface(), after.virtualInterface());
    entries("route", before.virtualRoutes(), after.virtualRoutes());
    entries("rule", before.virtualRules(), after.virtualRules());
    named("other settings change", before.settings(), after.settings());
  }

  private void entries(
      String noun, List<? extends RoutingEntry> before, List<? extends RoutingEntry> after) {
    String gone = texts(before, after);
    String fresh = texts(after, before);
    if (!gone.isEmpty()) {
      details.add((holds ? "removes " : "no longer has ") + noun + " " + gone);
    }
    if (!fresh.isEmpty()) {
      details.add((holds ? "installs " : "also has ") + noun + " " + fresh);
    }
    if (gone.isEmpty() && fresh.isEmpty()) {
      named("order of " + noun + "s", before, after);
    }
  }

  private static String texts(
      List<? extends RoutingEntry> entries, List<? extends RoutingEntry> known) {
    return entries.stream()
        .filter(it -> !known.contains(it))
        .map(RoutingEntry::text)
        .collect(Collectors.joining(", "));
  }

  private void values(String what, Object before, Object after) {
    named(what + " " + before + " -> " + after, before, after);
  }

  private void named(String text, Object before, Object after) {
    if (!before.equals(after)) {
      details.add(text);
    }
  }

  private static String onOff(boolean isOn) {
    return isOn ? "on" : "off";
  }

  private static String text(Lease lease) {
    return lease.isOn() ? lease.seconds() + " s" : "off";
  }

  private static String text(AdvertInterval interval) {
    return SecondsText.of(Duration.ofNanos(interval.nanos()));
  }

  private static String text(Duration time) {
    return SecondsText.of(time);
  }
}
