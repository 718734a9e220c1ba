package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Rules that go with the addresses, in the kernel, and beside those of Debian's keepalived. */
@Execution(ExecutionMode.CONCURRENT)
class RulesIT extends LabTest {

  /** As octavia's template for an amphora writes them. */
  private static final String OCTAVIA =
      """
      virtual_routes {
        10.66.0.0/24 dev eth0 src 10.66.0.100 scope link table 1
        default via 10.66.0.254 dev eth0 onlink table 1
      }
      virtual_rules {
        from 10.66.0.100/32 table 1 priority 100
      }
      """;

  private static final String MANY =
      """
      virtual_routes {
        10.66.0.0/24 dev eth0 src 10.66.0.100 scope link table 1
        2001:db8:7::/48 dev eth0 table 1000
      }
      virtual_rules {
        from 10.66.0.100/32 table 1 priority 100
        from 10.66.0.100 to 10.7.0.0/16 table 1000 priority 101
        to 10.8.0.0/16 iif eth0 table 1 priority 102
        from 10.9.0.0/16 fwmark 0x10/0xff table 1 priority 103
        not from 10.10.0.0/16 table main suppress_prefixlength 0 priority 104
        from 10.11.0.0/16 oif eth0 blackhole priority 105
        from 10.12.0.0/16 unreachable priority 106
        from 10.13.0.0/16 prohibit priority 107
        from 10.14.0.0/16 goto 200 priority 108
        from 10.15.0.0/16 table 1
        to 10.75.0.0/16 tos 16 table 1 priority 191
        from 10.76.0.0/16 uidrange 100-200 table 1 priority 192
        from 10.77.0.0/16 ipproto tcp table 1 priority 193
        from 10.77.0.0/16 ipproto udp dport 80-90 sport 1000-2000 table 1 priority 194
        l3mdev priority 196
        from 10.78.0.0/16 suppress_ifgroup 7 table 1 priority 197
        from 10.78.0.0/16 tunnel-id 77 table 1 priority 198
        to 10.75.0.0/16 realms 3/4 table 1 priority 199
        to 10.75.0.0/16 realms 4 table 1 priority 200
        to 10.75.0.0/16 type blackhole priority 201
        from 2001:db8:9::/48 dsfield 40 table 1000 priority 194
        to 2001:db8:5::/48 ipproto ipv6-icmp table 1000 priority 195
        from 2001:db8:7::/48 table 1000 priority 100
        to 2001:db8:8::/48 table 1
        from 2001:db8:9::/48 prohibit
      }
      """;

  private static String rules(Host host) {
    return host.run("ip", "-N", "rule", "show") + host.run("ip", "-6", "-N", "rule", "show");
  }

  private static List<String> ours(Host host) {
    return rules(host).lines().filter(line -> line.contains("proto 18")).toList();
  }

  @Test
  void installsWhatOctaviaWrites() {
    Host host = host();
    String before = rules(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, OCTAVIA));
    vipd.awaitState("MASTER");
    assertThat(ours(host)).containsExactly("100:\tfrom 10.66.0.100 lookup 1 proto 18");
    // what the rule is there for
    assertThat(host.run("ip", "route", "get", "192.0.2.1", "from", "10.66.0.100"))
        .contains("via 10.66.0.254 dev eth0 table 1");
    assertThat(vipd.ask("status"))
        .contains("rules       from 10.66.0.100/32 table 1 priority 100 (");
    assertThat(vipd.log()).doesNotContain("not yet effective");
    assertThat(vipd.stop()).isZero();
    assertThat(rules(host)).isEqualTo(before);
    assertThat(vipd.log()).doesNotContain("cannot", "Exception");
  }

  /** The same configuration leads to the same rules, in the same order. */
  @Test
  void hasTheRulesThatKeepalivedHas() {
    assumeTrue(KeepalivedNode.isInstalled());
    Host host = host();
    String before = rules(host);
    KeepalivedNode keepalived = KeepalivedNode.start(host, Texts.instance(255, MANY));
    Await.until("keepalived has its rules", () -> ours(host).size() == 25);
    String wanted = rules(host);
    keepalived.process().signal("TERM");
    keepalived.process().awaitExit();
    assertThat(rules(host)).isEqualTo(before);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, MANY));
    vipd.awaitState("MASTER");
    assertThat(rules(host)).isEqualTo(wanted);
    vipd.stop();
    assertThat(rules(host)).isEqualTo(before);
  }

  @Test
  void releasesWhatAKilledDaemonLeftAndNothingElse() {
    Host host = host();
    host.run("ip", "rule", "add", "from", "10.66.0.7", "table", "1", "priority", "100");
    String before = rules(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, MANY));
    vipd.awaitState("MASTER");
    vipd.process().kill();
    assertThat(ours(host)).hasSize(25);
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).as(release.output()).isZero();
    assertThat(release.output())
        .contains(
            "removed rule from 10.66.0.100/32 table 1 priority 100: left over from a former run");
    assertThat(rules(host)).isEqualTo(before);
  }

  @Test
  void removesAtTheNextStartWhatItsConfigurationNamesNoMore() {
    Host host = host();
    String before = rules(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, OCTAVIA));
    vipd.awaitState("MASTER");
    vipd.process().kill();
    vipd.replaceConfiguration(Texts.instance(255, ""));
    vipd.restart();
    vipd.awaitState("MASTER");
    assertThat(rules(host)).isEqualTo(before);
  }

  @Test
  void putsBackWhatAnotherProgramRemovesAndGivesUpWhenItKeepsDoingSo() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, MANY));
    vipd.awaitState("MASTER");
    List<String> all = ours(host);
    host.run("ip", "rule", "del", "priority", "102");
    Await.until("the rule is back", () -> ours(host).equals(all));
    host.run("ip", "-6", "rule", "del", "priority", "100");
    Await.until("the rule is back", () -> ours(host).equals(all));
    assertThat(vipd.counter("routes-restored")).isEqualTo(2);
    vipd.awaitLog("rule from all to 10.8.0.0/16 iif eth0 table 1 priority 102 was gone");
    int removals = 1;
    while (!vipd.state().equals("FAULT") && removals < 10) {
      host.run("ip", "rule", "del", "priority", "102");
      removals++;
      Await.until(
          "the rule is back, or the role is given up",
          () -> ours(host).equals(all) || vipd.state().equals("FAULT"));
    }
    // at the sixth interference; that of IPv6 is one of its own unless it is of the same second
    assertThat(removals).isBetween(5, 6);
    vipd.awaitState("FAULT");
    assertThat(ours(host)).isEmpty();
  }

  /** To the kernel it is another rule, because another program added it. */
  @Test
  void standsBesideTheRuleOfAnotherProgram() {
    Host host = host();
    host.run("ip", "rule", "add", "from", "10.66.0.100", "table", "1", "priority", "100");
    String before = rules(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, OCTAVIA));
    vipd.awaitState("MASTER");
    assertThat(ours(host)).hasSize(1);
    vipd.stop();
    assertThat(rules(host)).isEqualTo(before);
  }

  @Test
  void leavesARuleThatWasThereBefore() {
    Host host = host();
    String rule = "rule add from 10.66.0.100 table 1 priority 100 protocol 18";
    host.run("sh", "-c", "ip " + rule);
    String before = rules(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, OCTAVIA));
    vipd.awaitState("MASTER");
    assertThat(rules(host)).isEqualTo(before);
    vipd.awaitLog("is not installed: there is one already");
    vipd.stop();
    assertThat(rules(host)).isEqualTo(before);
  }

  @Test
  void changesRulesAloneOnAReload() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, OCTAVIA));
    vipd.awaitState("MASTER");
    vipd.reload(Texts.instance(255, OCTAVIA.replace("priority 100", "priority 90")));
    Await.until(
        "the new rule is there",
        () -> ours(host).equals(List.of("90:\tfrom 10.66.0.100 lookup 1 proto 18")));
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.counter("released-master")).isZero();
  }
}
