package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MonotonicClockTest {

  private static final long SECOND = 1_000_000_000L;

  /** Else the daemons of a host would not agree on when leases end. */
  @Test
  void countsWholeSecondsAsTheSystemDoes() {
    MonotonicClock clock = new MonotonicClock();
    for (int i = 0; i < 1000; i++) {
      countsAsTheSystemDoes(clock);
    }
    assertThat(clock.systemNanos(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  /** In whole seconds, so that the others of this host still agree. */
  @Test
  void goesOnWhileTheMachineIsSuspended() {
    MonotonicClock clock = new MonotonicClock();
    long before = clock.nanos();
    clock.suspendedFor(30 * SECOND + SECOND / 2);
    assertThat(clock.nanos() - before).isGreaterThanOrEqualTo(30 * SECOND);
    assertThat(clock.suspendedNanos()).isEqualTo(30 * SECOND);
    clock.suspendedFor(29 * SECOND);
    assertThat(clock.suspendedNanos()).isEqualTo(30 * SECOND);
    countsAsTheSystemDoes(clock);
  }

  private static void countsAsTheSystemDoes(MonotonicClock clock) {
    long before = System.nanoTime();
    long nanos = clock.nanos();
    long after = System.nanoTime();
    assertThat(clock.systemNanos(nanos)).isBetween(before, after);
    assertThat(Math.floorMod(clock.systemNanos(nanos) - nanos, SECOND)).isZero();
  }
}
