package org.vipd.daemon.config.check.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.check.cluster.RouterMatching.Match;
import org.vipd.daemon.config.keepalived.KeepalivedReader;

/**
 * Instances are written {@code NAME INTERFACE VRID ADDRESS}, and further lines behind {@code ;}.
 */
class RouterMatchingTest {

  private static List<InstanceConfig> node(String... routers) {
    StringBuilder text = new StringBuilder();
    for (String router : routers) {
      String[] parts = router.split(";", 2);
      String[] words = parts[0].strip().split(" +", 4);
      text.append("vrrp_instance ").append(words[0]);
      text.append(" {\ninterface ").append(words[1]);
      text.append("\nvirtual_router_id ").append(words[2]);
      text.append("\nvirtual_ipaddress {\n").append(words[3].replace(' ', '\n'));
      text.append("\n}\n").append(parts.length < 2 ? "" : parts[1]).append("\n}\n");
    }
    LoadResult read = KeepalivedReader.parse("a.conf", text.toString());
    return read.config().orElseThrow(() -> new AssertionError(read.problems())).instances();
  }

  /** Of two nodes with one router each. */
  private static RouterMatching between(String one, String other) {
    return RouterMatching.of(node(one), node(other));
  }

  private static List<String> pairs(List<Match> matches) {
    return matches.stream().map(it -> it.one().name() + "-" + it.other().name()).sorted().toList();
  }

  private static List<String> names(List<InstanceConfig> instances) {
    return instances.stream().map(InstanceConfig::name).sorted().toList();
  }

  @ParameterizedTest
  @CsvSource({
    // the address, whatever the interface
    "A eth0 7 10.0.0.100, B ens3 7 10.0.0.100",
    // the interface
    "A eth0 7 10.0.0.100, B eth0 7 10.0.0.101",
    // the network, in either direction
    "A eth0 7 10.0.0.100/24, B ens3 7 10.0.0.101",
    "A eth0 7 10.0.0.100, B ens3 7 10.0.0.101/24",
    // interface and name against networks that have nothing in common: an address is wrong
    "A eth0 7 10.0.0.100/24, A eth0 7 10.0.1.100/24",
    // one sends to the other
    "A eth0 7 10.0.0.100; unicast_src_ip 10.0.0.2, B ens3 7 10.9.0.100; unicast_peer { 10.0.0.2 }"
  })
  void takesForTheSameWhatHasMoreInCommonThanTheVrid(String one, String other) {
    RouterMatching matching = between(one, other);
    assertThat(matching.same()).hasSize(1);
    assertThat(matching.onlyOne()).isEmpty();
    assertThat(matching.onlyOther()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "A eth0 7 10.0.0.100, B eth1 7 192.168.1.100",
    "VI_1 eth0 7 10.0.0.100, VI_1 eth1 7 192.168.1.100",
    "A eth0 7 10.0.0.100/24, B eth0 7 10.0.1.100/24",
    "A eth0 7 fe80::1, B eth1 7 fe80::1"
  })
  void saysNothingAboutTwoThatMayBeOnDifferentLans(String one, String other) {
    RouterMatching matching = between(one, other);
    assertThat(matching).isEqualTo(new RouterMatching(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void tellsLansApartThatUseOneVrid() {
    RouterMatching matching =
        RouterMatching.of(
            node("OUT eth0 7 203.0.113.9/24", "IN eth1 7 10.0.0.1/24"),
            node("IN eth1 7 10.0.0.1/24", "OUT eth0 7 203.0.113.9/24"));
    assertThat(pairs(matching.same())).containsExactly("IN-IN", "OUT-OUT");
  }

  /** The second node has its interfaces the other way round. */
  @Test
  void believesAnAddressMoreThanAnInterface() {
    RouterMatching matching =
        RouterMatching.of(
            node("A eth0 7 203.0.113.9", "B eth1 7 10.0.0.1"),
            node("C eth0 7 10.0.0.1", "D eth1 7 203.0.113.9"));
    assertThat(pairs(matching.same())).containsExactly("A-D", "B-C");
  }

  @Test
  void takesEachOnceOnly() {
    RouterMatching matching =
        RouterMatching.of(
            node("A eth0 7 10.0.0.1", "B eth1 7 10.1.0.1"), node("C eth0 7 10.0.0.1 10.1.0.1"));
    assertThat(pairs(matching.same())).containsExactly("A-C");
    assertThat(names(matching.onlyOne())).containsExactly("B");
  }

  @Test
  void takesNoneOfTwoThatAreEquallyLikely() {
    RouterMatching matching =
        RouterMatching.of(
            node("A eth0 7 10.0.0.1"), node("C eth1 7 10.0.0.1", "D eth2 7 10.0.0.1"));
    assertThat(matching.same()).isEmpty();
    assertThat(matching.onlyOne()).isEmpty();
    assertThat(matching.onlyOther()).isEmpty();
  }

  @Test
  void namesWhatOneNodeLacks() {
    RouterMatching matching =
        RouterMatching.of(
            node("A eth0 7 10.0.0.1", "B eth0 8 10.0.0.2"),
            node("A eth0 7 10.0.0.1", "C eth0 9 10.0.0.3"));
    assertThat(names(matching.onlyOne())).containsExactly("B");
    assertThat(names(matching.onlyOther())).containsExactly("C");
  }

  @ParameterizedTest
  @CsvSource({
    "A eth0 7 10.0.0.100, B ens3 8 10.0.0.100",
    "A eth0 7 10.0.0.100, A eth0 8 10.0.0.101"
  })
  void seesThatOnlyTheVridDiffers(String one, String other) {
    RouterMatching matching = between(one, other);
    assertThat(matching.renumbered()).hasSize(1);
    assertThat(matching.same()).isEmpty();
    assertThat(matching.onlyOne()).isEmpty();
  }

  @Test
  void doesNotTakeAnotherFamilyForTheSame() {
    RouterMatching matching = between("A eth0 7 10.0.0.100", "A eth0 7 fe80::1");
    assertThat(matching.same()).isEmpty();
    assertThat(matching.renumbered()).isEmpty();
    assertThat(matching.onlyOne()).hasSize(1);
  }

  /** Files list instances in any order, and either file may be named first. */
  @Test
  void doesNotDependOnTheOrderOfInstancesOrNodes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<InstanceConfig> one = randomNode(random);
      List<InstanceConfig> other = randomNode(random);
      RouterMatching first = RouterMatching.of(one, other);
      Collections.shuffle(one, random);
      Collections.shuffle(other, random);
      RouterMatching swapped = RouterMatching.of(other, one);
      assertThat(swapped.same().stream().map(it -> it.other().name() + "-" + it.one().name()))
          .as("seed %d, round %d", seed, round)
          .containsExactlyInAnyOrderElementsOf(pairs(first.same()));
      assertThat(names(swapped.onlyOther())).as("seed " + seed).isEqualTo(names(first.onlyOne()));
      assertThat(first.same()).extracting(it -> it.one().key()).doesNotHaveDuplicates();
      assertThat(first.same()).extracting(it -> it.other().key()).doesNotHaveDuplicates();
    }
  }

  private static List<InstanceConfig> randomNode(Random random) {
    List<String> routers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int vrid = 1 + random.nextInt(2);
      int lan = random.nextInt(3);
      int host = 1 + random.nextInt(3);
      String length = random.nextBoolean() ? "/24" : "";
      routers.add("I" + i + " eth" + i + " " + vrid + " 10.0." + lan + "." + host + length);
    }
    return new ArrayList<>(node(routers.toArray(String[]::new)));
  }
}
