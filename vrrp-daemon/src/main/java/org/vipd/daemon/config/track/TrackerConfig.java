package org.vipd.daemon.config.track;

import java.util.List;
import java.util.Optional;

/**
 * The trackers of a configuration, beside scripts.
 *
 * @param files files with a number
 * @param processes processes that must run
 * @param sessions BFD sessions
 * @param delays how long interface changes must last
 * @param polled interfaces whose link is polled, with the way to do it when one is given
 */
public record TrackerConfig(
    List<FileTracker> files,
    List<ProcessTracker> processes,
    List<BfdInstance> sessions,
    List<InterfaceDelay> delays,
    List<PolledLink> polled) {

  /** No trackers. */
  public static final TrackerConfig NONE =
      new TrackerConfig(List.of(), List.of(), List.of(), List.of(), List.of());

  /**
   * An interface whose link is polled.
   *
   * @param name the interface
   * @param method MII, ETHTOOL or IOCTL; empty for whichever works
   */
  public record PolledLink(String name, Optional<String> method) {}

  public TrackerConfig {
    files = List.copyOf(files);
    processes = List.copyOf(processes);
    sessions = List.copyOf(sessions);
    delays = List.copyOf(delays);
    polled = List.copyOf(polled);
  }

  /** Whether a tracker of that kind and name is defined; interfaces need no definition. */
  public boolean defines(TrackKind kind, String name) {
    return switch (kind) {
      case INTERFACE -> true;
      case FILE -> files.stream().anyMatch(it -> it.name().equals(name));
      case PROCESS -> processes.stream().anyMatch(it -> it.name().equals(name));
      case BFD -> sessions.stream().anyMatch(it -> it.name().equals(name));
    };
  }
}
