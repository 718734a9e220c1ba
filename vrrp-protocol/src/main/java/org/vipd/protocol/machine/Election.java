package org.vipd.protocol.machine;

import java.util.Objects;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;

/**
 * What decides who wins and when.
 *
 * @param priority as configured, 1 to 255
 * @param effectivePriority after tracking, 1 to 255
 * @param interval own advertisement interval
 * @param preemption towards an Active of lower priority
 * @param behaviour choices where RFCs differ
 */
public record Election(
    Priority priority,
    Priority effectivePriority,
    AdvertInterval interval,
    Preemption preemption,
    Behaviour behaviour) {
  /** Refuses priority 0, which exists on the wire only, with {@link IllegalArgumentException}. */
  public Election {
    if (priority.isResign() || effectivePriority.isResign()) {
      throw new IllegalArgumentException("priority of a router must be 1..255, got 0");
    }
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Election that
            && priority.equals(that.priority)
            && effectivePriority.equals(that.effectivePriority)
            && interval.equals(that.interval)
            && preemption.equals(that.preemption)
            && Objects.equals(behaviour, that.behaviour));
  }

  @Override
  public int hashCode() {
    return (priority.hashCode() * 31 + effectivePriority.hashCode()) * 31 + interval.hashCode();
  }
}
