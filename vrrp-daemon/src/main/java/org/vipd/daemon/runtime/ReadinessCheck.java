package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.tracking.Contribution;
import org.vipd.daemon.tracking.EffectivePriority;
import org.vipd.daemon.tracking.NamedRule;
import org.vipd.daemon.tracking.TrackRule;
import org.vipd.daemon.tracking.TrackedCheck;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Authentication;
import org.vipd.protocol.wire.MessageSize;

/** Finds out what a router is waiting for, and what its priority is now. Changes nothing. */
final class ReadinessCheck {

  private final RouterContext context;
  private final InstanceConfig config;
  private final List<Obstacle> obstacles = new ArrayList<>();

  ReadinessCheck(RouterContext context, InstanceConfig config) {
    this.context = context;
    this.config = config;
  }

  /** What is wrong with interfaces and addresses; empty when a channel can be opened. */
  List<Obstacle> ofNetwork() {
    return ofNetwork(context.tables().trackers().tied(config.name()));
  }

  /**
   * What would be wrong with interfaces and addresses, also with those that it tracks.
   *
   * @param tied interfaces that it must not run without beside its own
   */
  List<Obstacle> ofInterfaces(Set<String> tied) {
    List<Obstacle> found = new ArrayList<>(ofNetwork(tied));
    TrackerTable trackers = context.tables().trackers();
    List<NamedTrack> tracked =
        config.extras().tracks().stream().filter(it -> it.kind() == TrackKind.INTERFACE).toList();
    for (NamedRule rule : trackers.rules(tracked)) {
      ofTracker(rule, trackers.reading(rule)).ifPresent(found::add);
    }
    return found;
  }

  private List<Obstacle> ofNetwork(Set<String> tied) {
    Set<String> devices = new TreeSet<>();
    devices.add(config.key().interfaceName());
    for (VirtualAddressConfig address : config.addresses()) {
      devices.add(config.deviceOf(address));
    }
    devices.addAll(tied);
    devices.forEach(this::checkDevice);
    if (obstacles.isEmpty() && primaryAddress().isEmpty()) {
      obstacles.add(new Obstacle(Obstacle.Kind.NO_SOURCE_ADDRESS, "waiting for " + sourceText()));
    }
    return List.copyOf(obstacles);
  }

  private void checkDevice(String device) {
    Optional<LinkState> link = context.interfaces().link(device);
    if (link.isEmpty()) {
      obstacles.add(
          new Obstacle(
              Obstacle.Kind.INTERFACE_MISSING,
              "waiting for interface " + device + ", which does not exist"));
    } else if (!link.get().isUp() && !ignoresState(device)) {
      obstacles.add(
          new Obstacle(
              Obstacle.Kind.INTERFACE_DOWN,
              "waiting for interface " + device + ", which is down or has no carrier"));
    } else if (!link.get().deviceAbove().isEmpty() && !ignoresState(device)) {
      String kind = link.get().deviceAbove();
      obstacles.add(
          new Obstacle(
              Obstacle.Kind.INTERFACE_DOWN,
              "waiting for interface "
                  + device
                  + ", which is a port of a "
                  + kind
                  + ": what arrives is the "
                  + kind
                  + "'s; name that as the interface, or take the port out"));
    }
  }

  /** With {@code dont_track_primary} its own interface has only to exist. */
  private boolean ignoresState(String device) {
    return device.equals(config.key().interfaceName())
        && config.extras().settings().isOn("dont_track_primary");
  }

  /** The address advertisements would be sent from now. */
  Optional<IpAddress> primaryAddress() {
    Optional<IpAddress> configured = config.transport().source();
    if (configured.isPresent()) {
      return configured.filter(context.interfaces()::hasUsable);
    }
    Optional<LinkState> link = context.interfaces().link(config.key().interfaceName());
    VirtualAddresses excluded = context.tables().virtualAddresses();
    return link.flatMap(
        it ->
            context
                .interfaces()
                .primaryAddress(it.index(), config.key().family(), sendsLinkLocal(), excluded));
  }

  /**
   * Whether advertisements over IPv6 come from a link-local address: always to the group (RFC 9568
   * section 5.1.2.1), and to peers unless all of them are known by other addresses, as they will
   * know us by such a one.
   */
  private boolean sendsLinkLocal() {
    return config.transport() instanceof Transport.Multicast
        || config.transport().destinations().stream().anyMatch(IpAddress::isLinkLocal);
  }

  /** Whether all addresses fit one packet; advertisements are never fragmented. */
  List<Obstacle> ofMessageSize(Authentication authentication) {
    int mtu = context.interfaces().link(config.key().interfaceName()).orElseThrow().mtu();
    int fits =
        MessageSize.maximumAddresses(config.version(), config.key().family(), authentication, mtu);
    int wanted = config.advertisedAddresses().size();
    if (wanted <= fits) {
      return List.of();
    }
    String text =
        wanted
            + " virtual addresses do not fit one packet: the MTU of "
            + config.key().interfaceName()
            + " is "
            + mtu
            + ", which has room for "
            + fits
            + "; move the rest to virtual_ipaddress_excluded or raise the MTU";
    return List.of(new Obstacle(Obstacle.Kind.MESSAGE_TOO_LONG, text));
  }

  private String sourceText() {
    String where = " on " + config.key().interfaceName();
    Optional<IpAddress> configured = config.transport().source();
    if (configured.isPresent()) {
      return "source address " + configured.get() + ", which no interface has";
    }
    return config.key().family() == AddressFamily.IPV4
        ? "an IPv4 address" + where
        : (sendsLinkLocal()
                ? "a link-local IPv6 address"
                : "an IPv6 address like those of the peers, not link-local,")
            + where;
  }

  /**
   * What the unweighted checks say against running.
   *
   * @param isRunning whether the router runs already; then a check without a result changes nothing
   */
  List<Obstacle> ofChecks(boolean isRunning) {
    List<Obstacle> found = new ArrayList<>();
    for (TrackRule rule : rules()) {
      TrackedCheck check = context.tables().checks().find(rule.checkName()).orElseThrow();
      if (!isRunning && rule.isAwaited(check.verdict())) {
        found.add(
            new Obstacle(
                Obstacle.Kind.CHECK_PENDING,
                "waiting for the first result of check " + rule.checkName()));
      } else if (rule.isFault(check.verdict())) {
        found.add(new Obstacle(Obstacle.Kind.CHECK_FAILED, failure(check, rule)));
      }
    }
    for (NamedRule rule : context.tables().trackers().rules(config.extras().tracks())) {
      Optional<TrackerReading> reading = context.tables().trackers().reading(rule);
      if (!isRunning && rule.isAwaited(reading)) {
        String text = "waiting for the first reading of " + rule.label();
        found.add(new Obstacle(Obstacle.Kind.CHECK_PENDING, text));
      } else {
        ofTracker(rule, reading).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Obstacle> ofTracker(NamedRule rule, Optional<TrackerReading> reading) {
    if (!rule.isFault(reading)) {
      return Optional.empty();
    }
    String text = rule.label() + ": " + reading.orElseThrow().text();
    return Optional.of(
        new Obstacle(
            Obstacle.Kind.CHECK_FAILED, rule.isReversed() ? text + ", and is reversed" : text));
  }

  private static String failure(TrackedCheck check, TrackRule rule) {
    String head = "check " + check.config().name();
    if (rule.isReversed()) {
      return head + " succeeds, and is reversed";
    }
    String last = check.last().map(CheckOutcome::text).orElse("no result");
    return head
        + " fails ("
        + check.failuresInARow()
        + " in a row, last: "
        + last
        + "), command: "
        + check.config().command().text();
  }

  /** The priority with what each weighted check adds. */
  EffectivePriority effectivePriority() {
    List<Contribution> contributions = new ArrayList<>();
    for (TrackRule rule : rules()) {
      contributions.add(new Contribution(rule.checkName(), contribution(rule)));
    }
    TrackerTable trackers = context.tables().trackers();
    for (NamedRule rule : trackers.rules(config.extras().tracks())) {
      int amount = rule.contribution(trackers.reading(rule));
      contributions.add(new Contribution(rule.label(), amount));
    }
    return new EffectivePriority(config.election().priority(), contributions);
  }

  private int contribution(TrackRule rule) {
    return context
        .tables()
        .checks()
        .find(rule.checkName())
        .map(check -> rule.contribution(check.verdict()))
        .orElse(0);
  }

  private List<TrackRule> rules() {
    List<TrackRule> rules = new ArrayList<>();
    for (var track : config.tracks()) {
      context
          .tables()
          .checks()
          .find(track.checkName())
          .map(check -> CheckRules.of(config, track, check.config()))
          .ifPresent(rules::add);
    }
    return rules;
  }
}
