package org.vipd.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/** Several routers that start in the same moment, on clocks that are off by up to 1 %. */
class StartTogetherTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SEEDS = 200;

  @Test
  void theBestOfThreeIsActiveAfterAtMostOneOther() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Timeline timeline = new Timeline(true);
      Lan lan = lan(seed, timeline, 254, 253, 100);
      lan.nodes.forEach(node -> lan.start(node, new Subject(node.config)));
      lan.runUntil(10 * SECOND);

      assertThat(lan.active()).as("seed %d", seed).containsExactly(lan.nodes.get(0));
      assertThat(timeline.lines().stream().filter(line -> line.contains(" ACTIVE: ")).count())
          .as("promotions under seed %d", seed)
          .isBetween(1L, 2L);
      assertThat(timeline.lines()).noneMatch(line -> line.contains("r2(100) ACTIVE"));
    }
  }

  private static Lan lan(long seed, Timeline timeline, int... priorities) {
    List<RouterConfig> configs =
        IntStream.range(0, priorities.length)
            .mapToObj(
                i ->
                    RouterConfig.of(
                            VrrpVersion.V3,
                            Vrid.of(7),
                            Scenario.addresses(AddressFamily.IPV4, 1),
                            new IpAddress(AddressFamily.IPV4, 0, 0xC000_020AL + i))
                        .withPriority(Priority.of(priorities[i])))
            .toList();
    Scenario quiet = new Scenario(configs, 0, 0, 1_000_000L, new Scenario.Stragglers(0, 0), 0);
    Referee referee = new Referee(seed, EnumSet.allOf(Invariant.class));
    return new Lan(referee, new Random(seed), quiet, timeline);
  }
}
