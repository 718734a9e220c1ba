package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** An address that an Active gets between two advertisements. Others count from the last one. */
@Execution(ExecutionMode.CONCURRENT)
class JoiningLeaseTest {

  private static final String VIP = "10.0.0.100";
  private static final String OTHER = "10.0.0.101";
  private static final long SECOND = 1_000_000_000L;

  /** A refresh may be so late after its advertisement (decision 0035). */
  private static final long TOLERANCE = 100_000_000L;

  private static final String ADVERTISE = "advertise VRID 51 priority 100 10.0.0.2 to 224.0.0.18";

  private final FakeHost host;

  JoiningLeaseTest() {
    host = new FakeHost(with(OTHER));
    host.interfaces.slowDown(host.clock, 0);
  }

  private static String with(String address, String... lines) {
    return Configurations.instance(100, lines)
        .replace("{ " + VIP + " }", "{ " + VIP + "\n" + address + " }");
  }

  /** An Active, the given time after its last advertisement. */
  private void hold(double secondsAfterAdvertisement) {
    host.start();
    host.runSeconds(6);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.trace.take();
    while (!host.trace.take().contains(ADVERTISE)) {
      host.clock.set(host.network.wantedNanos());
      host.turn();
    }
    host.runSeconds(secondsAfterAdvertisement);
    host.trace.take();
  }

  /** How long the kernel keeps an address from now on, in seconds. */
  private double left(String address) {
    long endNanos = host.interfaces.endsNanos().get(address + "/32");
    return (double) (endNanos - host.clock.nanos()) / SECOND;
  }

  /** Until the next second, when it is refreshed in step with all others of the host. */
  @Test
  void hasASecondLessWhenItIsClaimed() {
    host.clock.advance(300_000_000L);
    host.start();
    while (!host.interfaces.has(OTHER)) {
      host.clock.set(host.network.wantedNanos());
      host.turn();
    }
    assertThat(left(VIP)).isBetween(1.98, 2.0);
    assertThat(left(OTHER)).isEqualTo(left(VIP));
    host.runSeconds(1.1);
    assertThat(left(VIP)).isBetween(2.0, 3.0);
    assertThat(left(OTHER)).isEqualTo(left(VIP));
  }

  @Test
  void isAdvertisedBeforeItIsPutBackForASecondLess() {
    hold(0.5);
    host.interfaces.takeAddress(2, OTHER + "/32");
    host.runSeconds(0.03);
    assertThat(host.trace.take())
        .startsWith(ADVERTISE, "install " + OTHER + "/32 on eth0")
        .filteredOn(it -> it.startsWith("advertise"))
        .hasSize(1);
    assertThat(left(OTHER)).isBetween(1.98, 2.0);
    host.runSeconds(1);
    assertThat(left(OTHER)).isEqualTo(left(VIP));
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void isAdvertisedBeforeAReloadAddsIt() {
    hold(0.5);
    host.reload(with(OTHER + "\n10.0.0.102"));
    assertThat(host.trace.take()).startsWith(ADVERTISE, "install 10.0.0.102/32 on eth0");
    assertThat(left("10.0.0.102")).isEqualTo(2.0);
    assertThat(left(VIP)).isGreaterThan(2.0);
  }

  @Test
  void isNotAdvertisedOnceMoreRightAfterAnAdvertisement() {
    hold(0.05);
    host.reload(with(OTHER + "\n10.0.0.102"));
    assertThat(host.trace.take()).startsWith("install 10.0.0.102/32 on eth0");
    assertThat(left("10.0.0.102")).isEqualTo(2.0);
  }

  @Test
  void isAdvertisedBeforeItGetsALease() {
    host.start();
    host.reload(with(OTHER, "vipd_lease off"));
    hold(0.5);
    host.reload(with(OTHER));
    assertThat(host.trace.take())
        .startsWith(ADVERTISE, "lease " + VIP + "/32 3 s", "lease " + OTHER + "/32 3 s");
    assertThat(left(VIP)).isEqualTo(3.0);
  }

  @Test
  void needsNoAdvertisementForALeaseThatEndsSooner() {
    hold(0.5);
    host.reload(with(OTHER, "vipd_lease 2"));
    assertThat(host.trace.take())
        .containsExactly("lease " + VIP + "/32 2 s", "lease " + OTHER + "/32 2 s");
  }

  /** A second less would end before the next advertisement. */
  @Test
  void hasTheWholeLeaseWhenThatIsTheShortest() {
    host.start();
    host.reload(with(OTHER, "vipd_lease 2"));
    hold(0.5);
    host.interfaces.takeAddress(2, OTHER + "/32");
    host.runSeconds(0.02);
    assertThat(host.trace.take()).startsWith(ADVERTISE, "install " + OTHER + "/32 on eth0");
    assertThat(left(OTHER)).isEqualTo(2.0);
  }

  @Test
  void isCountedFromTheLastAdvertisementWhenNoneCanBeSent() {
    hold(0.5);
    host.channels.failToSend(Optional.of("no buffer space"));
    host.interfaces.takeAddress(2, OTHER + "/32");
    host.runSeconds(0.02);
    assertThat(left(OTHER)).isEqualTo(2.0);
  }

  @Test
  void isNotPutBackWhenEvenASecondIsTooLong() {
    hold(0.5);
    host.channels.failToSend(Optional.of("no buffer space"));
    host.runSeconds(1.8);
    host.interfaces.takeAddress(2, OTHER + "/32");
    host.runSeconds(0.02);
    assertThat(host.interfaces.has(OTHER)).isFalse();
    assertThat(host.interfaces.has(VIP)).isTrue();
    host.channels.failToSend(Optional.empty());
    host.runSeconds(70);
    assertThat(host.interfaces.has(OTHER)).isTrue();
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /**
   * Whatever happens to the addresses of an Active, and whenever it dies: the kernel, which looks
   * for ended leases at most once a second, has taken the last one before others claim.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void nothingStaysLongerThanTheLastAdvertisementPromises(int intervalSeconds) {
    for (int seed = 0; seed < 100; seed++) {
      new Life(seed, intervalSeconds).live();
    }
  }

  /** One run with random changes, with a look after each turn as if the daemon died there. */
  private static final class Life {

    private final int seed;
    private final long promiseNanos;
    private final String[] lines;
    private final Random random;
    private final FakeHost host;
    private long sentNanos;

    Life(int seed, int intervalSeconds) {
      this.seed = seed;
      this.promiseNanos = 3L * intervalSeconds * SECOND;
      this.lines = new String[] {"version 3", "advert_int " + intervalSeconds};
      this.random = new Random(seed);
      this.host = new FakeHost(with(OTHER, lines));
    }

    void live() {
      host.interfaces.slowDown(host.clock, 0);
      host.clock.advance(random.nextInt(1_000) * 1_000_000L);
      host.start();
      host.runSeconds(4 * promiseNanos / 3.0 / SECOND + random.nextDouble());
      assertThat(host.instance().state()).as("seed %d", seed).isEqualTo("MASTER");
      step();
      for (int i = 0; i < 12; i++) {
        host.trace.take();
        change();
        long end = host.clock.nanos() + random.nextInt(2_000) * 1_000_000L;
        while (host.clock.nanos() < end) {
          step();
        }
      }
      assertThat(host.instance().state()).as("seed %d", seed).isEqualTo("MASTER");
    }

    private void change() {
      switch (random.nextInt(4)) {
        case 0 -> host.interfaces.takeAddress(2, OTHER + "/32");
        case 1 -> reload(with(OTHER, lines));
        case 2 -> reload(with(OTHER + "\n10.0.0.102", lines));
        default -> reload(with(OTHER + "\n10.0.0.103\n10.0.0.104", lines));
      }
    }

    private void reload(String text) {
      long before = host.clock.nanos();
      host.reload(text);
      look(before);
    }

    private void step() {
      long before = host.clock.nanos();
      host.turnAndWait();
      look(before);
    }

    private void look(long turnNanos) {
      if (host.trace.take().stream().anyMatch(it -> it.startsWith("advertise"))) {
        sentNanos = turnNanos;
      }
      if (sentNanos > 0) {
        assertThat((double) (lastRemovalNanos() - sentNanos) / SECOND)
            .as("seed %d at %d", seed, turnNanos)
            .isLessThanOrEqualTo((double) (promiseNanos + TOLERANCE) / SECOND);
      }
    }

    /** When the last address goes, as the kernel looks: when one is due, a second later again. */
    private long lastRemovalNanos() {
      long lookNanos = Long.MIN_VALUE;
      for (long end : new TreeSet<>(host.interfaces.endsNanos().values())) {
        if (end > lookNanos) {
          lookNanos = lookNanos == Long.MIN_VALUE ? end : Math.max(end, lookNanos + SECOND);
        }
      }
      return lookNanos;
    }
  }
}
