package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that compare nodes, beside the examples of the page. */
class ClusterRulesTest {

  private static final List<String> COMPARING =
      List.of(
          "V001", "V004", "V020", "V021", "V022", "V023", "V024", "V025", "V026", "V027", "V029",
          "V030", "V031", "V042");

  @TempDir private Path folder;

  private List<String> found(String rule, String... texts) {
    return new CheckedText(folder).found(rule, texts);
  }

  private static String router(String name, String device, int vrid, int priority, String address) {
    return "vrrp_instance %s {\ninterface %s\nvirtual_router_id %d\npriority %d\n"
            .formatted(name, device, vrid, priority)
        + "virtual_ipaddress {\n"
        + address.replace(' ', '\n')
        + "\n}\n}\n";
  }

  /** Two LANs, one VRID, listed in different order. */
  @Test
  void saysNothingAboutTwoLansThatUseOneVrid() {
    String one =
        router("OUT", "eth0", 7, 100, "203.0.113.9/24")
            + router("IN", "eth1", 7, 90, "10.1.0.1/24");
    String other =
        router("IN", "eth1", 7, 100, "10.1.0.1/24")
            + router("OUT", "eth0", 7, 90, "203.0.113.9/24");
    COMPARING.forEach(rule -> assertThat(found(rule, one, other)).as(rule).isEmpty());
  }

  @Test
  void comparesTheRightOneOfTwoLansThatUseOneVrid() {
    String one =
        router("OUT", "eth0", 7, 100, "203.0.113.9/24")
            + router("IN", "eth1", 7, 90, "10.1.0.1/24");
    String other =
        router("IN", "eth1", 7, 90, "10.1.0.1/24") + router("OUT", "eth0", 7, 90, "203.0.113.9/24");
    assertThat(found("V004", one, other))
        .containsExactly(
            "warning: priority of IN is 90 here and in a.conf: the larger IP address decides");
  }

  @Test
  void seesAnAddressUnderAnotherVrid() {
    String one =
        router("A", "eth0", 7, 100, "10.0.0.1/24") + router("B", "eth0", 8, 100, "10.0.0.2");
    String other =
        router("A", "eth0", 7, 90, "10.0.0.1/24") + router("C", "eth1", 9, 90, "10.0.0.1 10.0.0.9");
    // the second node has it twice, so it is said of that node, and not again of both
    assertThat(found("V029", one, other))
        .containsExactly(
            "warning: 10.0.0.1 of C belongs to A, too: two nodes may hold it at once, and when one"
                + " router gives it up it is taken from the other");
    assertThat(found("V029", one, router("A", "eth0", 7, 90, "10.0.0.2/24")))
        .containsExactly(
            "warning: 10.0.0.2 is in A (virtual_router_id 7) here and in B (virtual_router_id 8) in"
                + " a.conf: both nodes may hold it at once");
  }

  @Test
  void saysOnlyThatTheVridDiffersWhereThatIsAll() {
    String one = router("A", "eth0", 7, 100, "10.0.0.1");
    String other = router("A", "eth0", 8, 90, "10.0.0.1");
    assertThat(found("V020", one, other)).hasSize(1);
    assertThat(found("V029", one, other)).isEmpty();
    assertThat(found("V030", one, other)).isEmpty();
  }

  @Test
  void seesAnAddressOfTwoInstancesOfOneFile() {
    String first = router("A", "eth0", 7, 100, "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4");
    String second = router("B", "eth1", 8, 100, "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4");
    assertThat(found("V029", first + second))
        .containsExactly(
            "warning: 10.0.0.1, 10.0.0.2, 10.0.0.3 and 1 more of B belong to A, too: two nodes may"
                + " hold them at once, and when one router gives them up they are taken from the"
                + " other");
    assertThat(found("V029", first + router("B", "eth1", 8, 100, "10.0.0.5"))).isEmpty();
  }

  /** Every LAN may have fe80::1, but not twice. */
  @Test
  void letsLinkLocalAddressesBeOnSeveralInterfaces() {
    String first = router("A", "eth0", 7, 100, "fe80::1");
    assertThat(found("V029", first + router("B", "eth1", 7, 100, "fe80::1"))).isEmpty();
    assertThat(found("V029", first + router("B", "eth0", 8, 100, "fe80::1"))).hasSize(1);
    assertThat(found("V029", first, router("B", "eth1", 8, 100, "fe80::1"))).isEmpty();
  }

  @Test
  void seesRoutersThatOnlyOneNodeHas() {
    String both = router("A", "eth0", 7, 100, "10.0.0.1");
    String more =
        router("B", "eth0", 8, 100, "10.0.0.2")
            + router("C", "eth0", 9, 100, "10.0.0.3")
            + router("D", "eth0", 10, 100, "10.0.0.4")
            + router("E", "eth0", 11, 100, "10.0.0.5");
    assertThat(found("V030", both + more, both))
        .containsExactly(
            "warning: B (virtual_router_id 8), C (virtual_router_id 9), D (virtual_router_id 10) and"
                + " 1 more are on no other node: when this one fails, nobody takes the addresses");
    assertThat(found("V030", both + more, both, more)).isEmpty();
    assertThat(found("V030", both + more)).isEmpty();
  }

  @Test
  void saysNothingOfLonelinessWhereARouterMayBeTheSame() {
    String one = router("A", "eth0", 7, 100, "10.0.0.1");
    assertThat(found("V030", one, router("B", "eth1", 7, 100, "192.168.0.1"))).isEmpty();
  }

  @Test
  void seesAnAddressThatTwoNodesSendFrom() {
    String own = "unicast_src_ip 10.0.0.1\nunicast_peer { 10.0.0.2 }";
    assertThat(found("V031", instance(100, own), instance(90, own)))
        .containsExactly(
            "warning: VI_1 sends from 10.0.0.1 here and in a.conf: two nodes cannot have one"
                + " address");
    assertThat(found("V025", instance(100, own), instance(90, own))).isEmpty();
    assertThat(
            found(
                "V031",
                instance(100, "mcast_src_ip 10.0.0.1"),
                instance(90, "mcast_src_ip 10.0.0.1")))
        .hasSize(1);
    assertThat(
            found(
                "V031",
                instance(100, own),
                instance(90, "unicast_src_ip 10.0.0.2", "unicast_peer { 10.0.0.1 }")))
        .isEmpty();
  }

  @Test
  void seesPeersThatAreTheSameOnBothNodes() {
    String peers = "unicast_peer { 10.0.0.2\n 10.0.0.3\n }";
    String turned = "unicast_peer { 10.0.0.3\n 10.0.0.2\n }";
    assertThat(found("V031", instance(100, peers), instance(90, turned)))
        .containsExactly(
            "warning: VI_1 has the same peers here and in a.conf: each node lists its own address,"
                + " or they do not send to each other");
    assertThat(found("V031", instance(100, peers), instance(90, "unicast_peer { 10.0.0.2 }")))
        .isEmpty();
    assertThat(found("V031", instance(100, peers), instance(90, "unicast_src_ip 10.0.0.3", peers)))
        .isEmpty();
  }

  @Test
  void comparesWhatIsUsedOfAPassword() {
    String text =
        "vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 7\npriority %d\nauthentication"
            + " {\nauth_type PASS\nauth_pass %s\n}\nvirtual_ipaddress {\n10.0.0.9/24\n}\n}\n";
    String one = text.formatted(100, "abcdefghXX");
    assertThat(found("V023", one, text.formatted(90, "abcdefghYY"))).isEmpty();
    assertThat(found("V023", one, text.formatted(90, "abcdefgXX"))).hasSize(1);
  }
}
