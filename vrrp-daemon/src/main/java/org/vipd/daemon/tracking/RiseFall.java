package org.vipd.daemon.tracking;

import org.vipd.daemon.config.CheckConfig.Thresholds;

/**
 * Counts results in a row, as keepalived does: the first result decides at once, whatever the
 * thresholds; later {@code fall} failures in a row turn good into bad, and {@code rise} successes
 * in a row turn bad into good.
 *
 * @param thresholds how many results in a row count
 * @param verdict what holds now
 * @param against results in a row that contradict the verdict; 0 up to the threshold minus one
 */
public record RiseFall(Thresholds thresholds, Verdict verdict, int against) {

  /** Before the first result. */
  public static RiseFall start(Thresholds thresholds) {
    return new RiseFall(thresholds, Verdict.PENDING, 0);
  }

  /** After one more result. */
  public RiseFall accept(boolean passed) {
    Verdict said = passed ? Verdict.GOOD : Verdict.BAD;
    if (verdict == Verdict.PENDING || said == verdict) {
      return new RiseFall(thresholds, said, 0);
    }
    int needed = passed ? thresholds.rise() : thresholds.fall();
    return against + 1 >= needed
        ? new RiseFall(thresholds, said, 0)
        : new RiseFall(thresholds, verdict, against + 1);
  }
}
