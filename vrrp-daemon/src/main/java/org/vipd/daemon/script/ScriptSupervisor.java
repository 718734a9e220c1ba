package org.vipd.daemon.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.port.FilterJob;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.ProcessPort;
import org.vipd.daemon.port.ReleaseJob;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.daemon.status.DeliveryStatus;

/**
 * Runs all checks and hooks on one thread, which waits for processes, output and deadlines
 * together; starting them is left to others, because a file system may not answer. Other threads
 * hand it work through a queue; results go out as events.
 */
public final class ScriptSupervisor implements ScriptPort, Runnable {

  /** A transition of each of a few thousand instances at once. */
  private static final int JOB_CAPACITY = 4096;

  private static final int STARTS_PER_TURN = 4;
  private static final long FAILURE_PAUSE_NANOS = 100_000_000L;
  private static final long STOP_MARGIN_NANOS = 500_000_000L;

  private final ProcessPort processes;
  private final NanoClock clock;
  private final EventSink events;
  private final Journal journal;
  private final Starter starter;
  private final BlockingQueue<HookJob> jobs = new ArrayBlockingQueue<>(JOB_CAPACITY);
  private final AtomicLong dropped = new AtomicLong();

  /** What is wanted last is what counts, so that one place is enough for each. */
  private final AtomicReference<List<CheckConfig>> wantedChecks = new AtomicReference<>();

  private final AtomicReference<FilterJob> wantedFilter = new AtomicReference<>();
  private final AtomicReference<Long> wantedGrace = new AtomicReference<>();
  private final Map<String, PeriodicCheck> checks = new LinkedHashMap<>();
  private final AtomicReference<List<CommandConfig>> wantedPrograms = new AtomicReference<>();
  private final HookLanes lanes;
  private final AtomicReference<Set<String>> keptLanes = new AtomicReference<>();
  private final FilterLane filter;
  private final KeptPrograms kept;
  private final ReleaseRuns releases;
  private final CountDownLatch ended = new CountDownLatch(1);
  private long failures;
  private long stopDeadlineNanos = Long.MAX_VALUE;

  /**
   * A supervisor whose thread is not started yet.
   *
   * @param searchPath where bare program names are looked up, directories separated by colons
   */
  public ScriptSupervisor(
      ProcessPort processes,
      NanoClock clock,
      EventSink events,
      Journal journal,
      String searchPath) {
    this(
        processes,
        clock,
        events,
        journal,
        new Starter(processes, new CommandResolver(searchPath), Starter.ownThreads()));
  }

  ScriptSupervisor(
      ProcessPort processes, NanoClock clock, EventSink events, Journal journal, Starter starter) {
    this.processes = processes;
    this.clock = clock;
    this.events = events;
    this.journal = journal;
    this.starter = starter;
    this.lanes = new HookLanes(starter, journal);
    this.filter = new FilterLane(starter, events);
    this.kept = new KeptPrograms(starter, journal);
    this.releases = new ReleaseRuns(starter, events);
  }

  @Override
  public void replaceChecks(List<CheckConfig> configs) {
    wantedChecks.set(List.copyOf(configs));
    processes.wakeUp();
  }

  @Override
  public void runHooks(HookJob job) {
    if (!jobs.offer(job)) {
      dropped.incrementAndGet();
      journal.warn(
          "scripts for "
              + job.occasion()
              + " are left out: "
              + JOB_CAPACITY
              + " others wait to be started");
    }
    processes.wakeUp();
  }

  @Override
  public void prepareRelease(ReleaseJob job) {
    if (!releases.offer(job)) {
      dropped.incrementAndGet();
      journal.warn("the script before the release of " + job.instance() + " is left out");
    }
    processes.wakeUp();
  }

  @Override
  public void changeFilter(FilterJob job) {
    wantedFilter.set(job);
    processes.wakeUp();
  }

  @Override
  public long dropped() {
    return dropped.get();
  }

  @Override
  public void keepRunning(List<CommandConfig> programs) {
    wantedPrograms.set(List.copyOf(programs));
    processes.wakeUp();
  }

  @Override
  public void keepLanes(Set<String> names) {
    keptLanes.set(Set.copyOf(names));
    processes.wakeUp();
  }

  @Override
  public List<DeliveryStatus> hookResults() {
    return lanes.results();
  }

  @Override
  public void stop(long graceNanos) {
    wantedGrace.set(graceNanos);
    processes.wakeUp();
    try {
      if (!ended.await(graceNanos + STOP_MARGIN_NANOS, TimeUnit.NANOSECONDS)) {
        journal.warn("scripts did not end in time; they are left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      while (!isDone()) {
        guardedTurn();
      }
      checks.values().forEach(PeriodicCheck::kill);
      lanes.kill();
      filter.kill();
      kept.kill();
      releases.kill();
    } finally {
      processes.close();
      ended.countDown();
    }
  }

  /** One turn whose failure is said, but never ends the checks. */
  private void guardedTurn() {
    try {
      turn();
    } catch (RuntimeException e) {
      failures++;
      journal.error("running scripts failed unexpectedly (" + failures + " times): " + e);
      LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
    }
  }

  private boolean isDone() {
    if (stopDeadlineNanos == Long.MAX_VALUE || hasRequests()) {
      return false;
    }
    boolean isIdle = filter.isIdle() && lanes.isIdle();
    return (isIdle && kept.isEmpty()) || clock.nanos() >= stopDeadlineNanos;
  }

  /** Waits once and does what is due. */
  void turn() {
    processes.await(hasRequests() ? clock.nanos() : deadlineNanos());
    takeRequests();
    starter.advance(clock.nanos());
    releases.advance(clock.nanos());
    advanceChecks();
    long now = clock.nanos();
    filter.advance(now);
    lanes.advance(now);
    kept.advance(now);
    forgetLanes();
  }

  private void forgetLanes() {
    Set<String> names = keptLanes.get();
    if (names != null) {
      lanes.forgetAllBut(names);
    }
  }

  /**
   * Looks after what runs, then starts a few. Starting takes milliseconds, on a busy host tens of
   * them, and meanwhile results wait and time limits pass: so the rest has to wait for the next
   * turn, which comes at once, and who is overdue longest comes first.
   */
  private void advanceChecks() {
    long turnNanos = clock.nanos();
    List<PeriodicCheck> waiting = new ArrayList<>();
    for (PeriodicCheck check : checks.values()) {
      if (check.wantsStart(turnNanos)) {
        waiting.add(check);
      } else {
        advance(check);
      }
    }
    if (waiting.size() > STARTS_PER_TURN) {
      waiting.sort(Comparator.comparingLong(PeriodicCheck::deadlineNanos));
    }
    waiting.stream().limit(STARTS_PER_TURN).forEach(this::advance);
  }

  private void advance(PeriodicCheck check) {
    check
        .advance(clock.nanos())
        .ifPresent(outcome -> events.post(new Event.CheckFinished(check.config().name(), outcome)));
  }

  private boolean hasRequests() {
    return !jobs.isEmpty()
        || releases.hasRequests()
        || wantedChecks.get() != null
        || wantedFilter.get() != null
        || wantedPrograms.get() != null
        || wantedGrace.get() != null;
  }

  private void takeRequests() {
    // asked for before all else is taken: what was submitted before it must be among that
    Optional<Long> grace = Optional.ofNullable(wantedGrace.getAndSet(null));
    Optional.ofNullable(wantedChecks.getAndSet(null)).ifPresent(this::replace);
    Optional.ofNullable(wantedFilter.getAndSet(null)).ifPresent(filter::submit);
    Optional.ofNullable(wantedPrograms.getAndSet(null))
        .ifPresent(programs -> kept.replace(programs, clock.nanos()));
    for (HookJob job = jobs.poll(); job != null; job = jobs.poll()) {
      lanes.submit(job, clock.nanos());
    }
    grace.ifPresent(this::beginStop);
  }

  private long deadlineNanos() {
    long earliest = Math.min(stopDeadlineNanos, filter.deadlineNanos());
    earliest = Math.min(earliest, starter.deadlineNanos());
    earliest = Math.min(earliest, Math.min(kept.deadlineNanos(), releases.deadlineNanos()));
    for (PeriodicCheck check : checks.values()) {
      earliest = Math.min(earliest, check.deadlineNanos());
    }
    return Math.min(earliest, lanes.deadlineNanos());
  }

  private void replace(List<CheckConfig> configs) {
    Map<String, PeriodicCheck> before = new HashMap<>(checks);
    checks.clear();
    long now = clock.nanos();
    for (CheckConfig config : configs) {
      PeriodicCheck known = before.remove(config.name());
      if (known != null && known.config().command().equals(config.command())) {
        known.redefine(config, now);
        checks.put(config.name(), known);
      } else {
        if (known != null) {
          known.kill();
        }
        checks.put(config.name(), new PeriodicCheck(starter, config, now));
      }
    }
    before.values().forEach(PeriodicCheck::kill);
  }

  private void beginStop(long graceNanos) {
    checks.values().forEach(PeriodicCheck::kill);
    checks.clear();
    lanes.hurry();
    // they read what is told at the stop, and its end: who ends by itself then is left alone
    kept.end(clock.nanos() + graceNanos / 2);
    stopDeadlineNanos = clock.nanos() + graceNanos;
  }
}
