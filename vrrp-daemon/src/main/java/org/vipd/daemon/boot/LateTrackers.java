package org.vipd.daemon.boot;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.bfd.SessionSupervisor;
import org.vipd.daemon.bfd.Surroundings;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.linux.LinuxSessions;
import org.vipd.daemon.linux.LinuxWatch;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.TrackerPort;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.status.SessionStatus;
import org.vipd.daemon.watch.TrackerSupervisor;

/**
 * Starts the threads that watch files and processes, and BFD sessions, when there is something to
 * watch.
 */
final class LateTrackers implements TrackerPort, AutoCloseable {

  private final MonotonicClock clock;
  private final EventSink events;
  private final Journal journal;
  private Optional<TrackerSupervisor> supervisor = Optional.empty();
  private Optional<BfdThread> bfd = Optional.empty();

  /** The sessions and the thread they are kept on. */
  private record BfdThread(SessionSupervisor sessions, Thread thread) {}

  LateTrackers(MonotonicClock clock, EventSink events, Journal journal) {
    this.clock = clock;
    this.events = events;
    this.journal = journal;
  }

  @Override
  public void replaceTrackers(TrackerConfig trackers) {
    boolean isNeeded = !trackers.files().isEmpty() || !trackers.processes().isEmpty();
    if (supervisor.isEmpty() && isNeeded) {
      start();
    }
    supervisor.ifPresent(it -> it.replaceTrackers(trackers));
    if (bfd.isEmpty() && !trackers.sessions().isEmpty()) {
      startSessions();
    }
    bfd.ifPresent(it -> it.sessions().replace(trackers.sessions()));
  }

  private void start() {
    try {
      TrackerSupervisor started =
          new TrackerSupervisor(LinuxWatch.open(clock), clock, events, journal);
      Threads.start("vipd-trackers", started);
      supervisor = Optional.of(started);
    } catch (PortException e) {
      journal.error("files and processes cannot be watched: " + e.getMessage());
    }
  }

  private void startSessions() {
    try {
      SecureRandom random = new SecureRandom();
      Surroundings surroundings =
          new Surroundings(LinuxSessions.open(clock, random), clock, journal);
      SessionSupervisor sessions = new SessionSupervisor(surroundings, events, random);
      bfd = Optional.of(new BfdThread(sessions, Threads.start("vipd-bfd", sessions)));
    } catch (PortException e) {
      journal.error("BFD sessions cannot be watched: " + e.getMessage());
    }
  }

  @Override
  public long unusableFiles() {
    return supervisor.map(TrackerSupervisor::unusableFiles).orElse(0L);
  }

  @Override
  public List<SessionStatus> sessions() {
    return bfd.map(it -> it.sessions().sessions()).orElse(List.of());
  }

  /** Lets the neighbours know that their sessions end on purpose. */
  @Override
  public void close() {
    bfd.ifPresent(
        it -> {
          it.sessions().stop();
          Threads.join(it.thread());
        });
  }
}
