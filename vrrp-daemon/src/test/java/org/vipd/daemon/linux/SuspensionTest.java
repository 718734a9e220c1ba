package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.netlink.libc.SuspendedTime;

class SuspensionTest {

  private static final long SECOND = 1_000_000_000L;

  private final MonotonicClock clock = new MonotonicClock();
  private long totalNanos = 100 * SECOND;
  private final Suspension suspension = new Suspension(clock, () -> totalNanos);

  @Test
  void takesNoNoticeOfWhatWasBefore() {
    suspension.look();
    assertThat(clock.suspendedNanos()).isZero();
    assertThat(suspension.explanation(SECOND)).isEmpty();
  }

  @Test
  void letsTheClockGoOnAndExplainsTheDelayOnce() {
    long before = clock.nanos();
    totalNanos += 30 * SECOND + SECOND / 3;
    suspension.look();
    assertThat(clock.nanos() - before).isGreaterThanOrEqualTo(30 * SECOND);
    assertThat(suspension.explanation(31 * SECOND)).contains("the machine was suspended for 30 s");
    assertThat(suspension.explanation(90 * SECOND)).isEmpty();
    suspension.look();
    assertThat(suspension.explanation(31 * SECOND)).isEmpty();
  }

  /** A clock that is read while the process stands still must not look like a suspension. */
  @Test
  void theKernelsSumNeverGrowsWithoutOne() {
    SuspendedTime kernel = new SuspendedTime();
    long first = kernel.nanos();
    long most = first;
    for (int i = 0; i < 10_000; i++) {
      most = Math.max(most, kernel.nanos());
    }
    assertThat(most - first).isLessThan(30 * SECOND);
    assertThat(most).isGreaterThan(-SECOND);
  }
}
