package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** Another program removes many addresses, or the interface goes with them. */
class LostAddressesTest {

  private static final int COUNT = 300;
  private static final long MILLI = 1_000_000L;

  private static List<String> many() {
    return IntStream.range(0, COUNT)
        .mapToObj(i -> "2001:db8::" + Integer.toHexString(i + 1))
        .toList();
  }

  private static FakeHost active() {
    String lines = many().stream().collect(Collectors.joining("\n"));
    return FakeHost.active(
        Configurations.instance(100, "virtual_ipaddress_excluded {\n" + lines + "\n}"));
  }

  /** {@code ip address flush} of many takes a while, and begins again until it finds none. */
  private static void flush(FakeHost host) {
    List<String> left = many();
    for (int round = 0; round < 10 && !left.isEmpty(); round++) {
      for (int i = 0; i < left.size(); i++) {
        host.interfaces.takeAddress(2, left.get(i) + "/128");
        if (i % 3 == 0) {
          host.run(MILLI);
        }
      }
      left = many().stream().filter(host.interfaces::has).toList();
    }
  }

  @Test
  void aFlushCountsOnce() {
    FakeHost host = active();
    for (int i = 0; i < 5; i++) {
      flush(host);
      host.runSeconds(2);
      assertThat(host.instance().state()).as("flush " + (i + 1)).isEqualTo("MASTER");
      assertThat(many()).allMatch(host.interfaces::has);
    }
    flush(host);
    host.runSeconds(1);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void putsManyBackInPortions() {
    FakeHost host = active();
    host.interfaces.slowDown(host.clock, MILLI / 3);
    many().forEach(it -> host.interfaces.takeAddress(2, it + "/128"));
    long longest = 0;
    while (!many().stream().allMatch(host.interfaces::has)) {
      host.clock.advance(MILLI);
      long before = host.clock.nanos();
      host.turn();
      longest = Math.max(longest, host.clock.nanos() - before);
    }
    assertThat(longest).isLessThanOrEqualTo(20 * MILLI);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** So does the kernel with IPv6 addresses; whoever does not track the link stays Active. */
  @Test
  void putsBackWhatWentWithALinkThatIsNotTracked() {
    FakeHost host =
        FakeHost.active(
            Configurations.instance(
                100,
                "dont_track_primary",
                "virtual_ipaddress_excluded { 2001:db8::1 }",
                "vipd_lease off"));
    host.interfaces.takeAddress(2, "2001:db8::1/128");
    host.interfaces.putLink(2, "eth0", false);
    host.runSeconds(3);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.interfaces.putLink(2, "eth0", true);
    host.runSeconds(3);
    assertThat(host.interfaces.has("2001:db8::1")).isTrue();
  }

  /** More than are noted: what was forgotten is looked for, and what is back is not missed. */
  @Test
  void putsBackMoreThanItNotesAndEachOnce() {
    int count = 4200;
    List<String> all =
        IntStream.range(0, count).mapToObj(i -> "10.9." + i / 256 + "." + i % 256).toList();
    FakeHost host =
        FakeHost.active(
            Configurations.instance(
                100,
                "virtual_ipaddress_excluded {\n" + String.join("\n", all) + "\n}",
                "vipd_lease off"));
    all.forEach(it -> host.interfaces.takeAddress(2, it + "/32"));
    host.runSeconds(3);
    assertThat(all.stream().filter(host.interfaces::has).count()).isEqualTo(count);
    assertThat(host.instance().counters()).containsEntry("addresses-restored", (long) count);
    assertThat(host.status().daemon()).containsEntry("address-losses-dropped", count - 4096L);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }
}
