package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about interfaces, on a host that has eth0 alone. */
class InterfaceRulesTest {

  @TempDir private Path folder;

  private List<String> found(String rule, String... texts) {
    return new CheckedText(folder).found(rule, texts);
  }

  private static String on(String device, int vrid, String... lines) {
    return instance(100, lines)
        .replace("eth0", device)
        .replace("_id 7", "_id " + vrid)
        .replace("VI_1", "VI_" + vrid)
        .replace("10.0.0.100", "10.0.0." + vrid);
  }

  @ParameterizedTest
  @CsvSource({
    "track_interface { eth1 }, interface eth1 that VI_1 tracks, it counts as down",
    "virtual_ipaddress_excluded { 10.0.0.9 dev eth1 }, interface eth1 of 10.0.0.9 of VI_1, VI_1"
        + " waits in FAULT until it does",
    "virtual_routes { 10.5.0.0/24 via 10.0.0.254 dev eth1 }, interface eth1 in virtual_routes, the"
        + " route is not installed until it does",
    "virtual_rules { iif eth1 table 5 priority 20 }, interface eth1 in virtual_rules, the rule fits"
        + " no packet until it does",
    "virtual_rules { from 10.0.0.0/8 oif eth1 table 5 priority 20 }, interface eth1 in"
        + " virtual_rules, the rule fits no packet until it does"
  })
  void looksAtEveryInterfaceThatIsUsed(String line, String what, String effect) {
    assertThat(found("V032", instance(100, line)))
        .containsExactly("warning: " + what + " does not exist on this host: " + effect);
  }

  @ParameterizedTest
  @CsvSource({
    "garp_group {+garp_interval 1+interfaces {+nosuch+}+}, garp_group, it has no part in the limit, 4:1",
    "interface_up_down_delays {+nosuch 1+}, interface_up_down_delays, its delay counts when it does, 2:1",
    "linkbeat_interfaces {+nosuch MII+}, linkbeat_interfaces, nothing is polled there, 2:1",
    "static_ipaddress {+10.9.9.9/32 dev nosuch+}, static_ipaddress, 10.9.9.9 is not installed until"
        + " it does, 2:17",
    "static_routes {+10.8.0.0/24 dev nosuch+}, static_routes, the route is not installed until it"
        + " does, 2:17",
    "static_rules {+iif nosuch table 5 priority 20+}, static_rules, the rule fits no packet until it"
        + " does, 2:5"
  })
  void looksAtInterfacesBesideTheInstances(String block, String list, String effect, String place) {
    String text = block.replace('+', '\n') + "\n" + instance(100);
    assertThat(found("V032", text))
        .containsExactly(
            "warning: interface nosuch in " + list + " does not exist on this host: " + effect);
    assertThat(new CheckedText(folder).places("V032", text)).containsExactly("a.conf:" + place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"track_interface { eth0 }", "virtual_ipaddress_excluded { 10.0.0.9 dev eth0 }"})
  void saysNothingAboutInterfacesThatExist(String lines) {
    assertThat(found("V032", instance(100, lines))).isEmpty();
  }

  /** keepalived would make it; whoever waits for it waits for ever. */
  @ParameterizedTest
  @CsvSource({"use_vmac vip0, vip0", "use_vmac, vrrp.7", "use_ipvlan vip1, vip1"})
  void saysOfWhatKeepalivedWouldMakeThatNobodyDoes(String line, String device) {
    assertThat(found("V032", instance(100, line, "track_interface { " + device + " }")))
        .containsExactly(
            "warning: interface "
                + device
                + " that VI_1 tracks does not exist on this host: it counts as down, and vipd does"
                + " not make it for use_vmac or use_ipvlan");
  }

  @Test
  void saysItOnceForAllThatUseAnInterface() {
    assertThat(found("V032", on("eth7", 7) + on("eth7", 8) + on("eth7", 9)))
        .containsExactly(
            "warning: interface eth7 of VI_7 does not exist on this host: VI_7 waits in FAULT until"
                + " it does; it is used in 2 more places");
  }

  /** A file with several interfaces of which none is here was written for another host. */
  @Test
  void takesAFileForAnotherHostThatHasNoneOfItsInterfaces() {
    String script = "vrrp_script chk {\nscript /opt/none/check\n}\n";
    String text = script + on("ens1", 7, "track_script { chk }") + on("ens2", 8) + on("ens2", 9);
    assertThat(found("V032", text))
        .containsExactly(
            "note: none of the interfaces ens1, ens2 exists on this host: the file is taken for that"
                + " of another one, and its programs, users and addresses are not looked for here");
    assertThat(found("V007", text)).isEmpty();
    assertThat(found("V007", text.replace("ens1", "eth0"))).hasSize(1);
    assertThat(found("V032", text.replace("ens1", "eth0")))
        .singleElement()
        .asString()
        .startsWith("warning: ");
  }

  @Test
  void notesWhatMayAppearLater() {
    String text = "global_defs { dynamic_interfaces }\n" + on("eth7", 7);
    assertThat(found("V032", text)).singleElement().asString().startsWith("note: interface eth7");
  }

  @Test
  void warnsOfLoopbackOnAnyHost() {
    String expected = "warning: VI_7 is on lo: nothing that is sent there reaches another node";
    assertThat(found("V032", on("lo", 7), on("eth0", 7))).containsExactly(expected);
    assertThat(found("V032", on("eth0", 7, "virtual_ipaddress_excluded { 10.0.0.9 dev lo }")))
        .isEmpty();
  }

  @Test
  void doesNotJudgeFilesOfSeveralNodes() {
    assertThat(found("V032", on("eth7", 7), on("eth7", 7))).isEmpty();
  }
}
