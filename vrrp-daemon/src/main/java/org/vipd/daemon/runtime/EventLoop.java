package org.vipd.daemon.runtime;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.status.DaemonStatus;

/**
 * The thread that owns all protocol state. One turn: find the next deadline, wait for it or for
 * something to happen, take in what happened, then do what is due.
 *
 * <p>Packets that wait are taken in before deadlines are looked at, so that an advertisement that
 * came in time counts even when the thread ran late.
 */
public final class EventLoop implements LinkListener {

  private static final long HOUSEKEEPING_NANOS = 5_000_000_000L;
  private static final long RELIST_NANOS = 500_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long HOOK_GRACE_NANOS = 1_000_000_000L;
  private static final long NOTICE_GRACE_NANOS = 500_000_000L;

  private final RuntimePorts ports;
  private final NanoClock clock;
  private final ArrivalClock arrivals;
  private final EventQueue queue;
  private final RouterContext context;
  private final Observation observation;
  private final RouterTable routers;
  private final StaticEntries statics;
  private final AcceptFilter acceptFilter;
  private final LostAddresses lost = new LostAddresses();
  private final LostReports lostReports;
  private final LoopFailures failures;
  private final ConfigurationState configuration;
  private final Lateness lateness = new Lateness();
  private final Ending ending;
  private final Leaving leaving;
  private final AliveSignal alive;
  private long plannedNanos = Long.MAX_VALUE;
  private boolean interfacesChanged;
  private boolean listingFailed;
  private boolean stopped;
  private boolean failed;
  private long nextHousekeepingNanos;
  private long turns;

  /** A loop that has not started. */
  public EventLoop(
      RuntimePorts ports,
      NanoClock clock,
      InstantSource wallClock,
      EventQueue queue,
      Loaded loaded) {
    this.ports = ports;
    this.clock = clock;
    this.queue = queue;
    this.arrivals = new ArrivalClock(clock);
    this.context = RouterContext.of(ports, clock, arrivals, wallClock);
    this.observation = new Observation(context);
    this.routers = new RouterTable(context);
    this.statics = new StaticEntries(context, lost);
    this.acceptFilter = new AcceptFilter(ports.scripts(), ports.journal(), loaded.filterTable());
    this.lostReports = new LostReports(ports.journal());
    this.failures = new LoopFailures(ports.journal());
    this.configuration = new ConfigurationState(loaded, wallClock);
    this.ending = new Ending(ports.journal());
    this.leaving = new Leaving(context);
    this.alive = new AliveSignal(ports.service());
  }

  /**
   * Runs until a stop is asked for. An unexpected failure of one turn is counted and said, and the
   * next turn goes on; when too many fail in a row, or the start, or one in a way that cannot be
   * got over, the daemon resigns and ends.
   *
   * @return whether it was told to stop, and did not give up
   */
  public boolean run() {
    boolean started = false;
    while (!stopped && !failures.isHopeless()) {
      try {
        if (started) {
          turn();
        } else {
          start();
          started = true;
        }
        failures.success();
      } catch (RuntimeException e) {
        failures.failure(e, started, clock.nanos());
      } catch (Error e) {
        // a class that cannot be loaded, a stack that is too small: another turn would be no better
        failures.fatal(e);
      }
    }
    if (!stopped) {
      failed = true;
      stop(failures.reason());
    }
    return !failed;
  }

  /** Takes stock of the machine, removes what a former run left behind, and starts the routers. */
  public void start() {
    listAll();
    routers.removeLeftovers(configuration.current());
    observation.apply(configuration.current());
    acceptFilter.start(configuration.current());
    if (configuration.current().isEmpty()) {
      ports.journal().warn(ReloadGuard.nothingToDo(configuration.file()));
    }
    tell(configuration.current());
    long now = clock.nanos();
    statics.configure(configuration.current());
    statics.install(now);
    ConfigDiff all = ConfigDiff.between(configuration.nothing(), configuration.current());
    routers.apply(all, configuration.current(), true, now);
    interfacesChanged = false;
    nextHousekeepingNanos = now + (listingFailed ? RELIST_NANOS : HOUSEKEEPING_NANOS);
    alive.begin(now);
    ports.service().ready(configuration.current().instances().size() + " instances");
  }

  /** One turn of the loop. */
  public void turn() {
    turns++;
    arrivals.sleep();
    plannedNanos = deadlineNanos();
    ports.network().await(plannedNanos, this);
    while (!queue.isEmpty() && !stopped) {
      handle(queue.take());
    }
    if (stopped) {
      return;
    }
    long now = clock.nanos();
    interfacesChanged |= context.interfaces().advance(now);
    if (interfacesChanged) {
      interfacesChanged = false;
      routers.interfacesChanged(now);
      lost.interfacesChanged(context.interfaces(), now);
      statics.repair();
    }
    keepHouse(now);
    putBackLost(now);
    if (now - arrivals.nanos() > RouterTable.LATE_NANOS) {
      routers.wokeLate(now - arrivals.nanos(), now);
    }
    routers.tick(now);
    statics.tick(now);
    context.tables().removals().tick();
    context.tables().leases().refresh(ports.journal());
    context.tables().announcements().tick(now);
    alive.tick(now);
    if (ending.isDue(routers)) {
      stop(ending.reason());
    } else if (leaving.isAsked()) {
      stopped = leaving.end(routers.all(), clock.nanos());
    }
  }

  private void putBackLost(long now) {
    if (routers.findForgotten(lost, now)) {
      statics.repair();
    }
    for (LostAddresses.Loss loss : lost.takeDue(context.interfaces(), now)) {
      routers.addressRemoved(loss, now);
      statics.addressRemoved(loss.address(), now);
    }
  }

  private void keepHouse(long now) {
    if (now >= nextHousekeepingNanos) {
      nextHousekeepingNanos = now + HOUSEKEEPING_NANOS;
      if (listingFailed) {
        listAll();
      }
      ports.addresses().keepRecord();
      routers.evaluateWaiting(now);
      statics.repair();
    }
  }

  private long deadlineNanos() {
    long now = clock.nanos();
    if (interfacesChanged || !queue.isEmpty()) { // what is overdue tells of a sleep
      return Math.min(now, routers.deadlineNanos(now));
    }
    long routine =
        Math.min(
            lost.deadlineNanos(),
            Math.min(
                context.interfaces().deadlineNanos(),
                Math.min(nextHousekeepingNanos, alive.deadlineNanos())));
    long refresh = context.tables().leases().deadlineNanos();
    long asking = Math.min(refresh, context.tables().removals().deadlineNanos(now));
    long announcement = context.tables().announcements().deadlineNanos();
    long waiting = Math.min(Math.min(announcement, leaving.deadlineNanos()), asking);
    long own = Math.min(routers.deadlineNanos(now), statics.deadlineNanos(now));
    return Math.min(own, Math.min(routine, waiting));
  }

  private void handle(Event event) {
    if (event instanceof Event.CheckFinished finished && observation.accept(finished)) {
      routers.evaluateAll(clock.nanos());
    } else if (event instanceof Event.ReleasePrepared prepared) {
      routers.releasePrepared(prepared, clock.nanos());
    } else if (event instanceof Event.TrackerReported report && observation.accept(report)) {
      routers.evaluateAll(clock.nanos());
    } else if (event instanceof Event.ConfigurationRead read) {
      reconfigure(read);
    } else if (event instanceof Event.FilterChanged changed) {
      acceptFilter.changed(changed.outcome());
    } else if (event instanceof Event.StatusRequested request) {
      request.answer().complete(status());
    } else if (event instanceof Event.LeaveRequested leave) {
      leaving.request(leave);
    } else if (event instanceof Event.StopRequested stop) {
      failed |= stop.isFailure();
      if (stop.isFailure() || !ending.begin(stop.because(), routers.all(), clock.nanos())) {
        stop(stop.because());
      }
    }
  }

  private void reconfigure(Event.ConfigurationRead read) {
    DaemonConfig before = configuration.current();
    LoadResult result = new ReloadGuard(configuration.file(), before).examine(read.result());
    ReloadPlan plan = ReloadPlan.of(before, result.config().orElse(before), routers);
    if (read.mode() == ReloadMode.PLAN) {
      read.answer().complete(configuration.planned(result, plan));
      return;
    }
    Optional<DaemonConfig> after = configuration.accept(result);
    result.problems().forEach(ports.journal()::problem);
    if (after.isEmpty()) {
      ports.journal().error(configuration.lastReload());
      ports.service().ready(configuration.lastReload());
    } else {
      ports.service().reloading();
      configuration.replace(after.get(), result.hash());
      if (plan.scope().isOtherObservation()) {
        observation.apply(after.get());
      }
      acceptFilter.apply(after.get());
      tell(after.get());
      context.tables().occasion().begin(new Cause(Cause.Kind.RELOAD, configuration.lastReload()));
      try {
        statics.configure(after.get());
        routers.apply(plan.diff(), after.get(), plan.scope().concernsAll(), clock.nanos());
      } finally {
        context.tables().occasion().end();
      }
      statics.install(clock.nanos());
      if (after.get().global().settings().isOn("fifo_write_vrrp_states_on_reload")) {
        routers.repeatStates();
      }
      ports.journal().info(configuration.lastReload());
      ports.service().ready(configuration.lastReload());
    }
    read.answer().complete(configuration.reported(result, plan));
  }

  private void tell(DaemonConfig config) {
    ports.notices().configure(config);
    ports
        .scripts()
        .keepRunning(
            config.global().fifo().stream().flatMap(it -> it.readerOfPath().stream()).toList());
    ports.scripts().keepLanes(Hooks.lanes(config));
  }

  private void stop(String because) {
    // first, so that a failure below ends the loop all the same
    stopped = true;
    ports.journal().info("stopping: " + because);
    ports.service().stopping();
    context.tables().occasion().begin(new Cause(Cause.Kind.OPERATOR, because));
    routers.stopAll(clock.nanos());
    context.tables().removals().finish();
    statics.removeAll();
    context.tables().removals().finish();
    context.tables().segments().close();
    acceptFilter.remove();
    // before the scripts, because some of them read what is written now
    ports.notices().stop(NOTICE_GRACE_NANOS);
    ports.scripts().stop(HOOK_GRACE_NANOS);
  }

  private DaemonStatus status() {
    long now = clock.nanos();
    StatusReporter reporter = new StatusReporter(context, routers.all(), now);
    return new DaemonStatus(
        configuration.programVersion(),
        ProcessHandle.current().pid(),
        Math.floorDiv(now, NANOS_PER_MILLI) / 1000.0,
        configuration.status(acceptFilter.problems()),
        routers.all().stream().map(reporter::describe).toList(),
        statics.status(),
        ports.trackers().sessions(),
        context.tables().segments().status(),
        StatusReporter.notifications(ports),
        counters());
  }

  private Map<String, Long> counters() {
    Map<String, Long> counters =
        StatusReporter.daemonCounters(queue.dropped(), failures.total(), turns);
    lateness.describe(counters);
    context.stalls().describe(counters);
    StatusReporter.describe(ports, counters);
    counters.put("announcements-dropped", context.tables().announcements().dropped());
    counters.put("address-losses-dropped", lost.dropped());
    lostReports.describe(counters);
    statics.describe(counters);
    return counters;
  }

  @Override
  public void woken() {
    arrivals.wake();
    long now = arrivals.nanos();
    if (now >= plannedNanos) {
      long late = now - plannedNanos;
      lateness.add(late);
      if (late > RouterTable.LATE_NANOS) {
        routers.wokeLate(late, now);
      }
    }
  }

  @Override
  public void linkChanged(LinkState link) {
    interfacesChanged |= context.interfaces().put(link);
  }

  @Override
  public void linkRemoved(int interfaceIndex) {
    interfacesChanged |= context.interfaces().removeLink(interfaceIndex);
  }

  @Override
  public void addressAdded(LocalAddress address) {
    boolean isNew = context.interfaces().add(address);
    interfacesChanged |= isNew && matters(address);
  }

  @Override
  public void addressRemoved(LocalAddress address) {
    boolean isOwn = context.tables().removals().tookAway(address);
    if (context.interfaces().remove(address)) {
      interfacesChanged |= matters(address);
      lost.add(address, isOwn, clock.nanos());
    }
  }

  /** Whether a router may depend on the address; virtual ones come and go with each takeover. */
  private boolean matters(LocalAddress address) {
    return !context.tables().virtualAddresses().contains(address.address());
  }

  @Override
  public void routingEntryRemoved(RoutingEntry.Loss loss) {
    routers.routingEntryRemoved(loss);
    statics.routingEntryRemoved(loss);
  }

  @Override
  public void resynchronize() {
    lostReports.note(clock.nanos());
    listAll();
  }

  private void listAll() {
    try {
      context.interfaces().list(ports.links());
      interfacesChanged = true;
      listingFailed = false;
      routers.verifyAddresses(lost, clock.nanos());
    } catch (PortException e) {
      listingFailed = true;
      nextHousekeepingNanos = Math.min(nextHousekeepingNanos, clock.nanos() + RELIST_NANOS);
      ports.journal().error("interfaces cannot be listed: " + e.getMessage());
    }
  }
}
