package org.vipd.protocol.machine;

import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.VrrpVersion;

/**
 * Intervals of RFC 9568 section 6.1 and RFC 3768 section 6.1, in nanoseconds. Division comes last,
 * so that neighbouring priorities never share a skew.
 */
public final class Timing {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int PRIORITY_STEPS = 256;

  private Timing() {}

  /**
   * Skew time: the higher the priority, the shorter.
   *
   * @param interval of the Active router; without effect in version 2
   */
  public static long skew(VrrpVersion version, Priority priority, AdvertInterval interval) {
    return skewSteps(version, priority, interval) / PRIORITY_STEPS;
  }

  /**
   * Silence after which the Active router is taken for dead.
   *
   * @param interval of the Active router; in version 2 our own
   * @param adverts missed advertisements, 3 by RFC
   */
  public static long activeDownInterval(
      VrrpVersion version, Priority priority, AdvertInterval interval, int adverts) {
    long whole = adverts * interval.nanos() * PRIORITY_STEPS;
    return (whole + skewSteps(version, priority, interval)) / PRIORITY_STEPS;
  }

  private static long skewSteps(VrrpVersion version, Priority priority, AdvertInterval interval) {
    long base = version == VrrpVersion.V2 ? NANOS_PER_SECOND : interval.nanos();
    return (PRIORITY_STEPS - priority.value()) * base;
  }
}
