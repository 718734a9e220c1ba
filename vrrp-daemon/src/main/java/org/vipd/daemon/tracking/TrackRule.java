package org.vipd.daemon.tracking;

import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;

/**
 * How one check decides about one instance.
 *
 * @param checkName the check
 * @param weight -253..253; 0 means fault
 * @param isReversed whether good and bad are exchanged
 */
public record TrackRule(String checkName, int weight, boolean isReversed) {

  private static final int LARGEST = 253;

  /** The rule of a track entry: its own weight, or else that of the check. */
  public static TrackRule of(CheckTrack track, CheckConfig check) {
    boolean own = track.weight().isPresent();
    return new TrackRule(
        track.checkName(),
        own ? track.weight().getAsInt() : check.weight(),
        own ? track.isReversed() : check.isReversed() ^ track.isReversed());
  }

  /**
   * The rule for an instance that goes on when it is unhealthy: instead of a fault the lowest
   * priority, so that any healthy router wins, and the last one stays when none is.
   */
  public TrackRule staying() {
    return weight == 0
        ? new TrackRule(checkName, isReversed ? LARGEST : -LARGEST, isReversed)
        : this;
  }

  /** Whether this verdict keeps the instance from running. */
  public boolean isFault(Verdict verdict) {
    return weight == 0 && verdict == (isReversed ? Verdict.GOOD : Verdict.BAD);
  }

  /** Whether the instance has to wait for the first result. */
  public boolean isAwaited(Verdict verdict) {
    return weight == 0 && verdict == Verdict.PENDING;
  }

  /**
   * What the verdict adds to the priority: a positive weight while good, a negative one while bad.
   */
  public int contribution(Verdict verdict) {
    boolean counts = verdict == (weight > 0 ? Verdict.GOOD : Verdict.BAD);
    if (!counts) {
      return 0;
    }
    return isReversed ? -weight : weight;
  }
}
