package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.status.ReloadReport;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** A plan speaks to operators, and of nothing that does not happen. */
class ReloadPlanWordsTest {

  private static final String PASS = "authentication { / auth_type PASS / auth_pass %s / }";
  private static final String PEERS = "unicast_peer { / %s / }";

  private static FakeHost active(String... lines) {
    FakeHost host = new FakeHost(configuration(lines)).start();
    host.runSeconds(4);
    return host;
  }

  private static String configuration(String... lines) {
    return Configurations.instance(100, String.join("\n", lines).replace(" / ", "\n"));
  }

  /** What is written before, what afterwards, and what the plan says of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "debug 1|preempt_delay 5|preemption delay 0 s -> 5 s; other settings change",
        "debug 1|advert_int 2 / debug 1|interval 1 s -> 2 s; lease of the addresses 3 s -> 6 s; nodes that are not changed alike no longer hear it and claim the addresses",
        "nopreempt|preempt|preemption off -> on",
        "virtual_ipaddress { / 10.0.0.101/24 / }|virtual_ipaddress { / 10.0.0.101/24 label eth0:1 / }|removes and at once installs with other settings 10.0.0.101/24",
      })
  void namesSettings(String before, String after, String said) {
    assertThat(active(before).plan(configuration(after)).changes())
        .containsExactly("VI_1: " + said);
  }

  @Test
  void namesTheKindOfAuthenticationAndNoSecret() {
    String heard = "nodes that are not changed alike no longer hear it and claim the addresses";
    assertThat(active().plan(configuration(PASS.formatted("abc"))).changes())
        .containsExactly("VI_1: authentication none -> PASS; " + heard);
    assertThat(active(PASS.formatted("abc")).plan(configuration(PASS.formatted("xyz"))).changes())
        .containsExactly(
            "VI_1: the secret or the settings of authentication PASS change; " + heard);
  }

  @Test
  void namesPeers() {
    FakeHost host = active(PEERS.formatted("10.0.0.3"));
    ReloadReport other = host.plan(configuration(PEERS.formatted("10.0.0.4")));
    assertThat(other.movesAddresses()).isTrue();
    assertThat(other.changes())
        .containsExactly(
            "VI_1: no longer sends to 10.0.0.3; sends to 10.0.0.4; nodes that are not changed alike"
                + " no longer hear it and claim the addresses");
    ReloadReport more = host.plan(configuration(PEERS.formatted("10.0.0.3 / 10.0.0.4")));
    assertThat(more.movesAddresses()).isFalse();
    assertThat(more.changes()).containsExactly("VI_1: sends to 10.0.0.4");
  }

  @Test
  void saysNothingOfOthersWhereTheSourceStaysTheSame() {
    String peers = PEERS.formatted("10.0.0.3");
    FakeHost host = active("unicast_src_ip 10.0.0.2", peers);
    ReloadReport report = host.plan(configuration(peers));
    assertThat(report.movesAddresses()).isFalse();
    assertThat(report.changes())
        .containsExactly("VI_1: source address 10.0.0.2 -> that of the interface");
  }

  @Test
  void namesBothInterfacesOfAnAddressThatMoves() {
    String one = "virtual_ipaddress { / 10.0.0.101/24 dev eth0 / }";
    String other = configuration(one.replace("dev eth0", "dev eth1"));
    String labelled = configuration(one.replace("dev eth0", "dev eth1 label eth1:1"));
    FakeHost host = active(one);
    host.interfaces.putLink(3, "eth1", true);
    host.settle();
    assertThat(host.plan(other).changes())
        .containsExactly("VI_1: moves 10.0.0.101/24 from eth0 to eth1");
    assertThat(host.plan(other).movesAddresses()).isFalse();
    assertThat(host.plan(labelled).changes())
        .containsExactly("VI_1: moves 10.0.0.101/24 from eth0 to eth1, with other settings");
    assertThat(host.reload(other).changes())
        .containsExactly("VI_1: moves 10.0.0.101/24 from eth0 to eth1");
    assertThat(host.plan(configuration("virtual_ipaddress { / 10.0.0.101/24 / }")).changes())
        .containsExactly("VI_1: moves 10.0.0.101/24 from eth1 to eth0");
    FakeHost backup = new FakeHost(configuration(one)).start();
    backup.interfaces.putLink(3, "eth1", true);
    backup.settle();
    assertThat(backup.plan(other).changes())
        .containsExactly("VI_1: has 10.0.0.101/24 on eth1 instead of eth0");
  }

  @Test
  void namesRoutesAndRules() {
    String entries =
        "virtual_routes { / 10.1.0.0/16 via 10.0.0.1 / }"
            + " / virtual_rules { / from 10.0.0.0/24 lookup 10 priority 100 / }";
    String others = entries.replace("10.1.0.0", "10.2.0.0").replace("priority 100", "priority 200");
    FakeHost host = active(entries);
    String said =
        "VI_1: removes route 10.1.0.0/16 via 10.0.0.1; installs route 10.2.0.0/16 via 10.0.0.1;"
            + " removes rule from 10.0.0.0/24 table 10 priority 100;"
            + " installs rule from 10.0.0.0/24 table 10 priority 200";
    assertThat(host.plan(configuration(others)).changes()).containsExactly(said);
    assertThat(host.plan(configuration(entries).replace("51", "52")).changes().get(0))
        .endsWith(
            "; this node resigns and gives up 10.0.0.100/32, route 10.1.0.0/16 via 10.0.0.1, rule"
                + " from 10.0.0.0/24 table 10 priority 100");
    assertThat(new FakeHost(configuration(entries)).start().plan(configuration(others)).changes())
        .containsExactly(said.replace("removes", "no longer has").replace("installs", "also has"));
    assertThat(host.reload(configuration(others)).changes()).containsExactly(said);
  }

  @Test
  void movesNothingWhenOnlyALabelDiffers() {
    ReloadReport report =
        active("virtual_ipaddress { / 10.0.0.101/24 / }")
            .plan(configuration("virtual_ipaddress { / 10.0.0.101/24 label eth0:1 / }"));
    assertThat(report.movesAddresses()).isFalse();
  }

  @Test
  void saysThatAnInstanceWillBeInFault() {
    FakeHost host = active();
    String typo = configuration().replace("eth0", "eth9");
    List<String> said =
        List.of(
            "VI_1: removed, because interface eth0 -> eth9 makes it another virtual router;"
                + " this node resigns and gives up 10.0.0.100/32",
            "VI_1: added, is in FAULT: waiting for interface eth9, which does not exist");
    assertThat(host.plan(typo).changes()).isEqualTo(said);
    assertThat(host.plan(typo).message()).isEqualTo("test.conf can be used: 2 changes");
    assertThat(host.reload(typo).changes()).isEqualTo(said);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void saysThatATiedInterfaceIsDown() {
    FakeHost host = active();
    host.interfaces.putLink(3, "eth1", false);
    host.settle();
    String tied =
        "track_group G {\n group {\n VI_1\n }\n}\nstatic_ipaddress {\n 10.8.0.5/24 dev eth1"
            + " track_group G\n}\n"
            + configuration();
    ReloadReport report = host.plan(tied);
    assertThat(report.movesAddresses()).isTrue();
    assertThat(report.changes())
        .contains(
            "VI_1: goes to FAULT: waiting for interface eth1, which is down or has no carrier");
    host.reload(tied);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.plan(tied).changes()).isEmpty();
    host.interfaces.putLink(3, "eth1", true);
    host.runSeconds(5);
    assertThat(host.plan(tied.replace("10.8.0.5", "10.8.0.6")).changes())
        .noneMatch(it -> it.contains("FAULT"));
  }

  @Test
  void saysThatTheInterfaceOfANewAddressIsMissing() {
    FakeHost host = active();
    ReloadReport report = host.plan(configuration("virtual_ipaddress { / 10.9.0.1 dev eth9 / }"));
    assertThat(report.movesAddresses()).isTrue();
    assertThat(report.changes())
        .singleElement()
        .asString()
        .contains("goes to FAULT: waiting for interface eth9, which does not exist");
  }

  /** As the IPv6 half of a vip whose interface has no link-local address. */
  @Test
  void saysThatAMemberTakesTheOthersOfItsGroupWithIt() {
    FakeHost host = active();
    String grouped =
        "vrrp_sync_group G { group { VI_1 VI_2 } }\n"
            + configuration()
            + configuration()
                .replace("VI_1", "VI_2")
                .replace("51", "52")
                .replace("10.0.0.100", "10.0.0.102")
                .replace("eth0", "eth9");
    ReloadReport report = host.plan(grouped);
    assertThat(report.movesAddresses()).isTrue();
    assertThat(report.changes()).contains("group G: without VI_2 none of the others runs: VI_1");
    host.reload(grouped);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void countsOneChangeAsOne() {
    assertThat(active().plan(configuration("preempt_delay 5")).message())
        .isEqualTo("test.conf can be used: 1 change");
  }
}
