package org.vipd.daemon.runtime;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.status.DeliveryStatus;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.status.InstanceStatus.ActiveStatus;
import org.vipd.daemon.status.InstanceStatus.CheckStatus;
import org.vipd.daemon.status.InstanceStatus.TrackerStatus;
import org.vipd.daemon.tracking.NamedRule;
import org.vipd.daemon.tracking.TrackRule;
import org.vipd.daemon.tracking.TrackedCheck;
import org.vipd.protocol.machine.ActiveRouter;
import org.vipd.protocol.machine.StateKind;

/** Describes virtual routers for status. */
final class StatusReporter {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  private final RouterContext context;
  private final List<ManagedRouter> all;
  private final long nowNanos;

  StatusReporter(RouterContext context, List<ManagedRouter> all, long nowNanos) {
    this.context = context;
    this.all = all;
    this.nowNanos = nowNanos;
  }

  InstanceStatus describe(ManagedRouter router) {
    RouterView view = router.view();
    return new InstanceStatus(
        router.config().name(),
        router.config().key().interfaceName(),
        router.config().key().family().name().toLowerCase(Locale.ROOT),
        router.config().key().vrid().value(),
        router.config().version().number(),
        view.state().name(),
        view.reason(),
        stamp(view.since()),
        seconds(nowNanos - view.sinceNanos()),
        view.priority().value().value(),
        view.priority().arithmetic(),
        router.config().addresses().stream().map(VirtualAddressConfig::text).toList(),
        router.effects().holdings().addresses().list().stream()
            .map(VirtualAddressConfig::text)
            .toList(),
        texts(router.effects().holdings().routes().wanted(), VirtualRoute.class),
        texts(router.effects().holdings().routes().list(), VirtualRoute.class),
        texts(router.effects().holdings().routes().wanted(), VirtualRule.class),
        texts(router.effects().holdings().routes().list(), VirtualRule.class),
        router.readiness().obstacles().stream().map(Obstacle::text).toList(),
        active(router).orElse(null),
        warnings(router),
        checks(router),
        trackers(router),
        new Explainer(context, router).explain(),
        router.counters().toMap());
  }

  private static List<String> texts(List<RoutingEntry> entries, Class<?> kind) {
    return entries.stream().filter(kind::isInstance).map(RoutingEntry::text).toList();
  }

  private Optional<ActiveStatus> active(ManagedRouter router) {
    if (router.machine().kind() == StateKind.ACTIVE) {
      int priority = router.view().priority().value().value();
      return Optional.of(new ActiveStatus(router.primaryAddress().toString(), priority, 0, true));
    }
    return router.machine().activeRouter().or(router::heard).map(this::active);
  }

  private ActiveStatus active(ActiveRouter active) {
    return new ActiveStatus(
        active.address().toString(),
        active.priority().value(),
        seconds(nowNanos - active.heardAtNanos()),
        false);
  }

  /** What does not fit the state and may be two owners of one address. */
  private List<String> warnings(ManagedRouter router) {
    List<String> found = new ArrayList<>();
    Foreigners foreigners = router.foreigners();
    found.addAll(router.rejections().recent(foreigners::name, nowNanos));
    found.addAll(foreigners.recent(router.rejections().named(nowNanos), nowNanos));
    if (router.machine().kind() != StateKind.ACTIVE) {
      for (VirtualAddressConfig address : router.config().addresses()) {
        stray(router, address).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The address when it is here by nobody who may have it; another vipd's is an obstacle. */
  private Optional<String> stray(ManagedRouter router, VirtualAddressConfig address) {
    String device = router.config().deviceOf(address);
    boolean isElsewhereSaid =
        router.readiness().obstacles().stream()
            .anyMatch(it -> it.kind() == Obstacle.Kind.OTHER_DAEMON);
    if (isElsewhereSaid || all.stream().anyMatch(other -> holds(other, device, address))) {
      return Optional.empty();
    }
    return context.interfaces().link(device).stream()
        .flatMap(link -> context.interfaces().addressesOf(link.index()).stream())
        .filter(it -> it.address().equals(address.address()))
        .map(it -> strayText(router, address.withPrefixLength(it.prefixLength())))
        .findFirst();
  }

  private static boolean holds(ManagedRouter other, String device, VirtualAddressConfig address) {
    return other.effects().holdings().addresses().list().stream()
        .filter(it -> it.address().equals(address.address()))
        .anyMatch(it -> other.config().deviceOf(it).equals(device));
  }

  private static String strayText(ManagedRouter router, VirtualAddressConfig there) {
    String device = router.config().deviceOf(there);
    return there.address()
        + " is on "
        + device
        + " of this node although it is "
        + router.view().state()
        + "; unless another program put it there on purpose: ip address del "
        + there.text()
        + " dev "
        + device;
  }

  private List<TrackerStatus> trackers(ManagedRouter router) {
    TrackerTable table = context.tables().trackers();
    return table.rules(router.config().extras().tracks()).stream()
        .map(rule -> describe(rule, table.reading(rule), table.since(rule)))
        .toList();
  }

  private static TrackerStatus describe(
      NamedRule rule, Optional<TrackerReading> reading, Optional<Instant> since) {
    // a number that is only weighed is neither
    boolean isWeighed = rule.kind() == TrackKind.FILE && rule.weight() != 0;
    boolean isGood =
        isWeighed ? !rule.isFault(reading) : reading.map(it -> it.value() == 0).orElse(false);
    String state = reading.isEmpty() ? "pending" : isGood ? "good" : "bad";
    return new TrackerStatus(
        rule.kind().name().toLowerCase(Locale.ROOT),
        rule.name(),
        rule.weight(),
        rule.isReversed(),
        state,
        rule.contribution(reading),
        reading.map(TrackerReading::text).orElse("none yet"),
        since.map(StatusReporter::stamp).orElse(""));
  }

  private static String stamp(Instant time) {
    return STAMP.format(time.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneId.systemDefault()));
  }

  private List<CheckStatus> checks(ManagedRouter router) {
    List<CheckStatus> found = new ArrayList<>();
    for (CheckTrack track : router.config().tracks()) {
      Optional<TrackedCheck> check = context.tables().checks().find(track.checkName());
      check.ifPresent(
          it -> found.add(describe(it, CheckRules.of(router.config(), track, it.config()))));
    }
    return found;
  }

  private static CheckStatus describe(TrackedCheck check, TrackRule rule) {
    return new CheckStatus(
        check.config().name(),
        check.config().command().text(),
        rule.isReversed() ? -rule.weight() : rule.weight(),
        check.verdict().word(),
        check.runs(),
        check.failures(),
        check.failuresInARow(),
        check.last().map(CheckOutcome::text).orElse("none yet"),
        seconds(check.last().map(it -> it.took().toNanos()).orElse(0L)),
        check.last().map(CheckOutcome::output).orElse(""));
  }

  /** What became of the last notifications, by scripts and otherwise. */
  static List<DeliveryStatus> notifications(RuntimePorts ports) {
    List<DeliveryStatus> found = new ArrayList<>(ports.scripts().hookResults());
    found.addAll(ports.notices().deliveries());
    return found;
  }

  /** Counters of the daemon itself. */
  static Map<String, Long> daemonCounters(long eventsDropped, long loopFailures, long turns) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("events-dropped", eventsDropped);
    counters.put("loop-failures", loopFailures);
    counters.put("loop-turns", turns);
    return counters;
  }

  /** Adds what others count for the daemon. */
  static void describe(RuntimePorts ports, Map<String, Long> counters) {
    counters.put("tracked-files-unusable", ports.trackers().unusableFiles());
    counters.put("scripts-dropped", ports.scripts().dropped());
    counters.put("notices-refused", ports.notices().refused());
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / NANOS_PER_SECOND * 1000) / 1000.0;
  }
}
