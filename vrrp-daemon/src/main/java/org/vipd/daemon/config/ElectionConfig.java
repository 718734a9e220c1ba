package org.vipd.daemon.config;

import java.time.Duration;
import org.vipd.protocol.machine.AnnouncePolicy;
import org.vipd.protocol.machine.Behaviour;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;

/**
 * The settings of the election.
 *
 * @param priority base priority, 1..255; 255 is the address owner
 * @param interval own advertisement interval
 * @param preempts whether this router takes over from an Active of lower priority
 * @param preemptDelay how long a lower-priority Active is left alone; zero or more
 * @param lease how long the addresses outlive the daemon
 * @param announcements when and how often gratuitous ARP or neighbour advertisements are sent
 * @param behaviour missed advertisements until the Active is dead, and whether a losing one is
 *     answered
 */
public record ElectionConfig(
    Priority priority,
    AdvertInterval interval,
    boolean preempts,
    Duration preemptDelay,
    Lease lease,
    AnnouncePolicy announcements,
    Behaviour behaviour) {

  /** The settings of an election that goes by the RFC. */
  public ElectionConfig(
      Priority priority,
      AdvertInterval interval,
      boolean preempts,
      Duration preemptDelay,
      Lease lease,
      AnnouncePolicy announcements) {
    this(priority, interval, preempts, preemptDelay, lease, announcements, Behaviour.DEFAULT);
  }

  public ElectionConfig {
    if (preemptDelay.isNegative()) {
      throw new IllegalArgumentException("preempt delay must not be negative: " + preemptDelay);
    }
  }
}
