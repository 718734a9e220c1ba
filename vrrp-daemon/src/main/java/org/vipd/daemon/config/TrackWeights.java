package org.vipd.daemon.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackerConfig;

/**
 * The weights that count: those of the entries, or else of what they name.
 *
 * @param checks the health checks that are defined
 * @param trackers what else is
 */
public record TrackWeights(List<CheckConfig> checks, TrackerConfig trackers) {

  public TrackWeights {
    checks = List.copyOf(checks);
  }

  /** The weight of a check's entry; 0 for a check that is not defined. */
  public int of(CheckTrack track) {
    return or(
        track.weight(),
        checks.stream().filter(it -> it.name().equals(track.checkName())).map(CheckConfig::weight));
  }

  /** The weight of another entry; 0 for what is not defined. */
  public int of(NamedTrack track) {
    String name = track.name();
    return or(
        track.weight(),
        switch (track.kind()) {
          case INTERFACE -> Stream.empty();
          case FILE ->
              trackers.files().stream().filter(it -> it.name().equals(name)).map(it -> it.weight());
          case PROCESS ->
              trackers.processes().stream()
                  .filter(it -> it.name().equals(name))
                  .map(it -> it.weight());
          case BFD ->
              trackers.sessions().stream()
                  .filter(it -> it.name().equals(name))
                  .map(it -> it.weight());
        });
  }

  /** Whether the good and the bad of a check are exchanged where it is defined. */
  public boolean isReversed(String checkName) {
    return checks.stream().anyMatch(it -> it.name().equals(checkName) && it.isReversed());
  }

  /** Whether what an entry names is turned round where it is defined. */
  public boolean isReversed(NamedTrack track) {
    String name = track.name();
    return switch (track.kind()) {
      case INTERFACE -> false;
      case FILE ->
          trackers.files().stream().anyMatch(it -> it.name().equals(name) && it.isReversed());
      case PROCESS ->
          trackers.processes().stream().anyMatch(it -> it.name().equals(name) && it.isReversed());
      case BFD ->
          trackers.sessions().stream().anyMatch(it -> it.name().equals(name) && it.isReversed());
    };
  }

  /** An entry for a check whose failure is a fault. */
  public CheckTrack asFault(CheckTrack track) {
    boolean isReversed =
        track.weight().isPresent() ? track.isReversed() : isReversed(track.checkName());
    return of(track) == 0
        ? track
        : new CheckTrack(track.checkName(), OptionalInt.of(0), isReversed);
  }

  /** Another entry whose failure is a fault. */
  public NamedTrack asFault(NamedTrack track) {
    boolean isReversed = track.weight().isPresent() ? track.isReversed() : isReversed(track);
    return of(track) == 0
        ? track
        : new NamedTrack(track.kind(), track.name(), OptionalInt.of(0), isReversed);
  }

  private static int or(OptionalInt own, Stream<Integer> defined) {
    return own.isPresent() ? own.getAsInt() : defined.findFirst().orElse(0);
  }
}
