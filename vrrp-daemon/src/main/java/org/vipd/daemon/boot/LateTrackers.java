package org.vipd.daemon.boot;

import java.util.Optional;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.linux.LinuxWatch;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.TrackerPort;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.watch.TrackerSupervisor;

/** Starts the thread that watches files and processes when there is something to watch. */
final class LateTrackers implements TrackerPort {

  private final MonotonicClock clock;
  private final EventSink events;
  private final Journal journal;
  private Optional<TrackerSupervisor> supervisor = Optional.empty();

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
}
