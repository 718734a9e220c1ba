package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of addresses that were lost. */
class KernelPaceTest {

  private final KernelPace pace = new KernelPace();

  @Test
  void countsWhatIsOver() {
    assertThat(pace.complaint(8, 1001))
        .isEqualTo("the lease of 8 of 1001 virtual addresses ended before it was extended");
    pace.took(2, 10_000_000L);
    assertThat(pace.complaint(8, 1001))
        .isEqualTo(
            "the lease of 8 of 1001 virtual addresses ended before the kernel could be asked to"
                + " extend it: it took 5.00 ms for each IPv6 address; give this host fewer of them"
                + " or more processor time");
  }

  @Test
  void neverSaysThatNoneOfThemIsOver() {
    assertThat(pace.complaint(0, 3))
        .isEqualTo(
            "a lease of the 3 virtual addresses ended while the kernel was asked to extend it");
    pace.took(2, 10_000_000L);
    assertThat(pace.complaint(0, 3))
        .isEqualTo(
            "a lease of the 3 virtual addresses ended while the kernel was asked to extend it: it"
                + " took 5.00 ms for each IPv6 address; give this host fewer of them or more"
                + " processor time");
  }
}
