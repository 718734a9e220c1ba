package org.vipd.daemon.watch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.TrackerPort;
import org.vipd.daemon.port.WatchPort;

/**
 * Watches files and processes on one thread; what is new goes out as events. Once a second it looks
 * whether a directory that could not be watched is there now, and whether the names of the others
 * still lead to what is watched. When the kernel does not tell of all processes, new ones are
 * looked for once a second, and the ends of those that count are heard of at once.
 */
public final class TrackerSupervisor implements TrackerPort, Runnable, WatchPort.Listener {

  private static final long LOOK_NANOS = 1_000_000_000L;

  /** Between two looks that ends asked for; a host with many processes takes long for one. */
  private static final long PAUSE_NANOS = 100_000_000L;

  private static final long PAUSES_PER_LOOK = 10;
  private static final long FAILURE_PAUSE_NANOS = 100_000_000L;

  private final WatchPort watch;
  private final NanoClock clock;
  private final EventSink events;
  private final Journal journal;
  private final ProcessList processList = new ProcessList(Path.of("/proc"));
  private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
  private final Map<String, TrackedFile> files = new LinkedHashMap<>();
  private final Map<String, TrackerReading> fileReadings = new HashMap<>();
  private final AtomicLong unusableFiles = new AtomicLong();
  private final Map<String, TrackedProcess> processes = new LinkedHashMap<>();
  private final WatchedDirectories directories;
  private boolean hearsProcesses;
  private boolean scansProcesses;
  private long nextLookNanos = Long.MAX_VALUE;
  private long earliestLookNanos;
  private volatile boolean stopped;

  /** A supervisor whose thread is not started yet. */
  public TrackerSupervisor(WatchPort watch, NanoClock clock, EventSink events, Journal journal) {
    this.watch = watch;
    this.directories = new WatchedDirectories(watch);
    this.clock = clock;
    this.events = events;
    this.journal = journal;
  }

  @Override
  public void replaceTrackers(TrackerConfig trackers) {
    requests.add(() -> replace(trackers));
    watch.wakeUp();
  }

  /** Ends the thread. */
  public void stop() {
    stopped = true;
    watch.wakeUp();
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        guardedTurn();
      }
    } finally {
      watch.close();
    }
  }

  private void guardedTurn() {
    try {
      turn();
    } catch (RuntimeException e) {
      journal.error("watching files and processes failed unexpectedly: " + e);
      LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
    }
  }

  /** Waits once and reports what is new. */
  void turn() {
    watch.await(requests.isEmpty() ? deadlineNanos() : clock.nanos(), this);
    for (Runnable work = requests.poll(); work != null; work = requests.poll()) {
      work.run();
    }
    long now = clock.nanos();
    if (now >= nextLookNanos) {
      nextLookNanos = now + LOOK_NANOS;
      look();
    }
    processes.forEach(
        (name, it) ->
            it.advance(now).ifPresent(reading -> report(TrackKind.PROCESS, name, reading)));
  }

  private long deadlineNanos() {
    long earliest = nextLookNanos;
    for (TrackedProcess process : processes.values()) {
      earliest = Math.min(earliest, process.deadlineNanos());
    }
    return earliest;
  }

  private void look() {
    if (directories.haveChanged()) {
      directoriesEnded();
    }
    if (scansProcesses) {
      long beforeNanos = clock.nanos();
      scan();
      long afterNanos = clock.nanos();
      earliestLookNanos =
          afterNanos + Math.max(PAUSE_NANOS, PAUSES_PER_LOOK * (afterNanos - beforeNanos));
    }
  }

  private void replace(TrackerConfig trackers) {
    replaceFiles(trackers);
    replaceProcesses(trackers);
    boolean mustLook = !files.isEmpty() || scansProcesses;
    nextLookNanos = mustLook ? clock.nanos() + LOOK_NANOS : Long.MAX_VALUE;
  }

  private void replaceFiles(TrackerConfig trackers) {
    Map<String, TrackedFile> before = new HashMap<>(files);
    files.clear();
    for (FileTracker config : trackers.files()) {
      TrackedFile known = before.get(config.name());
      if (known != null && known.config().equals(config)) {
        files.put(config.name(), known);
        continue;
      }
      TrackedFile file = new TrackedFile(config);
      String complaint = known == null ? file.initialize() : "";
      if (!complaint.isEmpty()) {
        journal.warn(complaint);
      }
      fileReadings.remove(config.name());
      files.put(config.name(), file);
    }
    fileReadings.keySet().retainAll(files.keySet());
    watchFiles();
    filesChanged();
  }

  @Override
  public long unusableFiles() {
    return unusableFiles.get();
  }

  private void watchFiles() {
    directories.watch(files.values().stream().map(file -> file.path().getParent()).toList());
  }

  /** Watched first and read then: what is written between is heard of. */
  @Override
  public void directoriesEnded() {
    watchFiles();
    filesChanged();
  }

  @Override
  public void filesChanged() {
    files.forEach(
        (name, file) -> {
          TrackerReading reading = file.read();
          if (!reading.equals(fileReadings.put(name, reading))) {
            if (!file.isUsable()) {
              unusableFiles.incrementAndGet();
            }
            report(TrackKind.FILE, name, reading);
          }
        });
  }

  private void replaceProcesses(TrackerConfig trackers) {
    Map<String, TrackedProcess> before = new HashMap<>(processes);
    processes.clear();
    for (ProcessTracker config : trackers.processes()) {
      TrackedProcess known = before.get(config.name());
      boolean isSame = known != null && known.config().equals(config);
      processes.put(config.name(), isSame ? known : new TrackedProcess(config));
    }
    if (!processes.isEmpty() && !hearsProcesses) {
      listen();
    }
    scansProcesses = !processes.isEmpty() && !hearsProcesses;
    scan();
  }

  private void listen() {
    try {
      watch.watchProcesses();
      hearsProcesses = true;
    } catch (PortException e) {
      journal.warn(
          "track_process: the kernel does not tell of processes ("
              + e.getMessage()
              + "); new ones are looked for once a second, the end of one is seen at once");
    }
  }

  /** Looks at every process there is. */
  private void scan() {
    if (processes.isEmpty()) {
      watch.watchEnds(Set.of());
      return;
    }
    Map<TrackedProcess, Set<Integer>> found = new HashMap<>();
    processes.values().forEach(it -> found.put(it, new HashSet<>()));
    for (int pid : processList.all()) {
      found.forEach(
          (process, pids) -> {
            if (processList.matches(pid, new ProcessPattern(process.config()))) {
              pids.add(pid);
            }
          });
    }
    found.forEach(TrackedProcess::replace);
    if (scansProcesses) {
      Set<Integer> counted = new HashSet<>();
      found.values().forEach(counted::addAll);
      watch.watchEnds(counted).forEach(this::ended);
    }
  }

  @Override
  public void forked(int parent, int child) {
    processes.values().stream().filter(it -> it.has(parent)).forEach(it -> it.noteForked(child));
  }

  @Override
  public void changed(int pid) {
    for (TrackedProcess process : processes.values()) {
      process.note(pid, processList.matches(pid, new ProcessPattern(process.config())));
    }
  }

  /** One that was restarted may have its successor already, which nobody told of. */
  @Override
  public void ended(int pid) {
    processes.values().forEach(it -> it.note(pid, false));
    if (scansProcesses) {
      nextLookNanos = Math.min(nextLookNanos, earliestLookNanos);
    }
  }

  @Override
  public void lost() {
    scan();
  }

  /** An event that does not fit the queue is not lost: the reading is sent again later. */
  private void report(TrackKind kind, String name, TrackerReading reading) {
    boolean isTaken = events.post(new Event.TrackerReported(kind, name, reading));
    if (!isTaken && kind == TrackKind.FILE) {
      fileReadings.remove(name);
      nextLookNanos = Math.min(nextLookNanos, clock.nanos() + LOOK_NANOS);
    }
    Optional.ofNullable(processes.get(name))
        .filter(it -> !isTaken && kind == TrackKind.PROCESS)
        .ifPresent(TrackedProcess::forgetReport);
  }
}
