package org.vipd.protocol.machine;

/**
 * Whether a Backup takes over from an Active of lower priority; an owner always does.
 *
 * @param isEnabled RFC 9568 Preempt_Mode
 * @param delayNanos how long a lower Active is accepted first, 0 for not at all
 */
public record Preemption(boolean isEnabled, long delayNanos) {
  /** At once, the default of the RFC. */
  public static final Preemption IMMEDIATE = new Preemption(true, 0);

  /** Never. */
  public static final Preemption OFF = new Preemption(false, 0);

  /** Refuses a negative delay with {@link IllegalArgumentException}. */
  public Preemption {
    if (delayNanos < 0) {
      throw new IllegalArgumentException(
          "preempt delay must be 0 or more nanoseconds, got " + delayNanos);
    }
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Preemption that
            && isEnabled == that.isEnabled
            && delayNanos == that.delayNanos);
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(isEnabled) * 31 + Long.hashCode(delayNanos);
  }
}
