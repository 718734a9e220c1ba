package org.vipd.daemon.tracking;

import java.util.Optional;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.event.TrackerReading;

/**
 * How one interface, file, process or BFD session decides about one instance.
 *
 * @param kind what it is
 * @param name its name
 * @param weight -254..254; 0 means fault
 * @param isReversed whether good and bad are exchanged
 */
public record NamedRule(TrackKind kind, String name, int weight, boolean isReversed) {

  /** A product of number and weight this low or lower is a fault. */
  private static final int FILE_FAULT = -254;

  private static final int FILE_HIGHEST = 253;

  /** Whether this reading keeps the instance from running. */
  public boolean isFault(Optional<TrackerReading> reading) {
    if (reading.isEmpty()) {
      return false;
    }
    if (weight != 0) {
      return kind == TrackKind.FILE && product(reading.get()) <= FILE_FAULT;
    }
    return (reading.get().value() != 0) != isReversed;
  }

  /** Whether the instance has to wait for the first reading. */
  public boolean isAwaited(Optional<TrackerReading> reading) {
    return weight == 0 && reading.isEmpty();
  }

  /** What the reading adds to the priority; one that means fault adds nothing. */
  public int contribution(Optional<TrackerReading> reading) {
    if (reading.isEmpty() || weight == 0 || isFault(reading)) {
      return 0;
    }
    if (kind == TrackKind.FILE) {
      return (int) Math.min(FILE_HIGHEST, product(reading.get()));
    }
    boolean isGood = reading.get().value() == 0;
    if (isGood != (weight > 0)) {
      return 0;
    }
    return isReversed ? -weight : weight;
  }

  private long product(TrackerReading reading) {
    return (long) reading.value() * weight * (isReversed ? -1 : 1);
  }

  /** Its kind and name for the operator: {@code interface eth1}. */
  public String label() {
    return kind.keyword().substring("track_".length()) + " " + name;
  }
}
