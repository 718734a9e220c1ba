package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.keepalived.Loading.instance;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problems;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.WireConfig;
import org.vipd.daemon.testkit.Packets;

/** To whom an instance speaks, and from how far away it hears. */
class UnicastKeywordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"lb3.example", "10.0.0.3"})
  void takesNoTtlWindowFromAPeerThatIsSkipped(String skipped) {
    InstanceConfig instance = only("unicast_peer {", "10.0.0.3 min_ttl 255", skipped, "}");
    assertThat(instance.wire().hopLimits().lowest()).isEqualTo(255);
  }

  @Test
  void saysThatATtlIsMissing() {
    assertThat(problemsOf("unicast_peer {", "10.0.0.5 max_ttl", "}"))
        .containsExactly(
            "k.conf:6:10: warning: max_ttl has no number and is ignored; write max_ttl 0 to 255");
  }

  @Test
  void speaksUnicastToEachPeer() {
    InstanceConfig instance =
        only("unicast_src_ip 10.0.0.2", "unicast_peer {", " 10.0.0.3", " 10.0.0.4", "}");
    assertThat(instance.transport())
        .isEqualTo(
            new Transport.Unicast(
                Optional.of(Packets.address("10.0.0.2")),
                List.of(Packets.address("10.0.0.3"), Packets.address("10.0.0.4"))));
  }

  @Test
  void fallsBackToMulticastWithoutPeersAndSaysSo() {
    assertThat(only("unicast_src_ip 10.0.0.2").transport()).isInstanceOf(Transport.Multicast.class);
    assertThat(problemsOf("unicast_src_ip 10.0.0.2"))
        .containsExactly(
            "k.conf:5:1: warning: vrrp_instance VI_1 has a unicast setting but no unicast_peer, so"
                + " it uses multicast; list the other routers in unicast_peer");
  }

  @ParameterizedTest
  @CsvSource({
    "unicast_src_ip peer.example,is not an IP address",
    "unicast_src_ip fe80::1,source address fe80::1 is of the other family",
    "mcast_src_ip 10.0.0,is not an IP address"
  })
  void ignoresSourceAddressesThatCannotBe(String line, String text) {
    assertThat(only(line).transport().source()).isEmpty();
    assertThat(problemsOf(line)).anyMatch(it -> it.contains("warning") && it.contains(text));
  }

  @Test
  void skipsPeersThatAreNoAddressesOrOfTheOtherFamily() {
    assertThat(problemsOf("unicast_peer { host }"))
        .contains(
            "k.conf:5:16: warning: unicast peer 'host' is not an IP address and is skipped; write a"
                + " literal address, no name");
    assertThat(problemsOf("unicast_peer { fe80::1 }"))
        .anyMatch(it -> it.contains("unicast peer fe80::1 is of the other family"));
    assertThat(problemsOf("unicast_peer {", "10.0.0.3", "10.0.0.3", "}"))
        .containsExactly("k.conf:7:1: warning: peer 10.0.0.3 is listed twice; delete one");
    assertThat(problemsOf("unicast_peer {", "10.0.0.3", "10.0.0.3 10.0.0.4", "}"))
        .contains(
            "k.conf:7:10: warning: peer 10.0.0.4 is ignored: each line names one, as in keepalived;"
                + " write it on a line of its own");
    assertThat(problemsOf("authentication {", "auth_type PASS", "auth_pass \"\"", "}"))
        .contains(
            "k.conf:7:11: warning: auth_pass is empty, so nothing is authenticated, as in keepalived;"
                + " write one")
        .noneMatch(it -> it.contains("has no auth_pass"));
  }

  @Test
  void neverNarrowsTheWindowOfAPeerBecauseOfAnother() {
    String[] peers = {"unicast_peer {", " 10.0.0.3 min_ttl 254", " 10.0.0.4", "}"};
    WireConfig.HopLimits limits = only(peers).wire().hopLimits();
    assertThat(limits.lowest()).isZero();
    assertThat(limits.highest()).isEqualTo(255);
    assertThat(problemsOf(peers))
        .containsExactly(
            "k.conf:7:2: warning: the TTL window of '10.0.0.4' is another one than that of the"
                + " peers above: 0 to 255 applies to all of them; give all peers of an instance the"
                + " same min_ttl and max_ttl");
  }

  @Test
  void keepsTheWindowThatAllPeersHave() {
    String[] peers = {"unicast_peer {", " 10.0.0.3 min_ttl 254", " 10.0.0.4 min_ttl 254", "}"};
    assertThat(only(peers).wire().hopLimits().lowest()).isEqualTo(254);
    assertThat(problemsOf(peers)).isEmpty();
  }

  @Test
  void ignoresAWindowThatNothingPasses() {
    String[] peers = {"unicast_peer {", " 10.0.0.3 min_ttl 200 max_ttl 100", "}"};
    assertThat(only(peers).wire().hopLimits().lowest()).isZero();
    assertThat(problemsOf(peers))
        .containsExactly(
            "k.conf:6:2: warning: min_ttl 200 is above max_ttl 100: no packet could pass; both are"
                + " ignored; write the lower one as min_ttl");
  }

  @Test
  void namesTheSettingThatForbidsUnicast() {
    assertThat(problemsOf("strict_mode", "unicast_peer { 10.0.0.3 }"))
        .anyMatch(it -> it.endsWith("delete strict_mode or unicast_peer"));
    assertThat(problems("global_defs {\n vrrp_strict\n}\n" + instance("unicast_peer { 10.0.0.3 }")))
        .anyMatch(it -> it.endsWith("or write strict_mode off in the instance"));
  }
}
