package org.vipd.protocol.machine;

import java.util.Locale;

/**
 * A time that the host slept through although something was due: it was stopped, starved or
 * suspended.
 *
 * @param lateNanos how much later than planned it woke up
 * @param hasLostAddresses whether the lease of the addresses ended meanwhile, so that the kernel
 *     has taken them away
 * @param cause what is known of why, in words for operators; empty when nothing is
 */
public record Sleep(long lateNanos, boolean hasLostAddresses, String cause) {

  /** Refuses a negative time with {@link IllegalArgumentException}. */
  public Sleep {
    if (lateNanos < 0) {
      throw new IllegalArgumentException("nobody wakes up too early, got " + lateNanos + " ns");
    }
  }

  /** One of which nobody knows why. */
  public Sleep(long lateNanos, boolean hasLostAddresses) {
    this(lateNanos, hasLostAddresses, "");
  }

  /** How late it woke up, in words; everything that tells of it begins with them. */
  public String text() {
    return String.format(Locale.ROOT, "woke up %.3f s late", lateNanos / 1e9);
  }
}
