package org.vipd.daemon.config.track;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Place;

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

  /** Whether both mean the same, wherever in the file it stands. */
  public boolean actsLike(TrackerConfig other) {
    return withoutPlaces().equals(other.withoutPlaces());
  }

  private TrackerConfig withoutPlaces() {
    Place nowhere = Place.ofFile("");
    return new TrackerConfig(
        files.stream()
            .map(
                it ->
                    new FileTracker(
                        it.name(), nowhere, it.path(), it.weight(), it.isReversed(), it.initial()))
            .toList(),
        processes.stream()
            .map(
                it ->
                    new ProcessTracker(
                        it.name(),
                        nowhere,
                        it.command(),
                        it.match(),
                        it.quorum(),
                        it.delays(),
                        it.weight(),
                        it.isReversed()))
            .toList(),
        sessions.stream()
            .map(
                it ->
                    new BfdInstance(
                        it.name(),
                        nowhere,
                        it.neighbour(),
                        it.weight(),
                        it.isReversed(),
                        it.settings()))
            .toList(),
        delays,
        polled);
  }

  /** Where a tracker is defined; empty for interfaces, and for what is not defined. */
  public Optional<Place> place(TrackKind kind, String name) {
    return switch (kind) {
      case INTERFACE -> Optional.empty();
      case FILE ->
          files.stream().filter(it -> it.name().equals(name)).map(FileTracker::place).findFirst();
      case PROCESS ->
          processes.stream()
              .filter(it -> it.name().equals(name))
              .map(ProcessTracker::place)
              .findFirst();
      case BFD ->
          sessions.stream()
              .filter(it -> it.name().equals(name))
              .map(BfdInstance::place)
              .findFirst();
    };
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
