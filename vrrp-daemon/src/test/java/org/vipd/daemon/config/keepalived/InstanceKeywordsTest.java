package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.keepalived.Loading.instance;
import static org.vipd.daemon.config.keepalived.Loading.load;
import static org.vipd.daemon.config.keepalived.Loading.model;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problems;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.VrrpVersion;

class InstanceKeywordsTest {

  @Test
  void fillsInTheDefaultsOfKeepalived() {
    InstanceConfig instance = only();
    assertThat(instance.election().priority().value()).isEqualTo(100);
    assertThat(instance.election().interval().centiseconds()).isEqualTo(100);
    assertThat(instance.election().preempts()).isTrue();
    assertThat(instance.version()).isEqualTo(VrrpVersion.V2);
    assertThat(problemsOf()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"priority,1", "priority,255", "virtual_router_id,1", "virtual_router_id,255"})
  void acceptsNumbersAtTheEndsOfTheirRange(String keyword, int value) {
    assertThat(problemsOf(keyword + " " + value)).allMatch(it -> it.contains("is given again"));
  }

  @ParameterizedTest
  @CsvSource({
    "priority,0",
    "priority,256",
    "priority,-1",
    "priority,1x",
    "priority,99999999999",
    "virtual_router_id,0",
    "virtual_router_id,256"
  })
  void refusesNumbersOutsideTheirRange(String keyword, String value) {
    assertThat(problemsOf(" " + keyword + " " + value))
        .contains(
            "k.conf:5:"
                + (keyword.length() + 3)
                + ": error: "
                + keyword
                + " must be a whole number from 1 to 255, found '"
                + value
                + "'");
    assertThat(load(instance(keyword + " " + value)).config()).isEmpty();
  }

  @Test
  void takesTheStateAsAHintOnly() {
    assertThat(problemsOf("state MASTER", "priority 100")).isEmpty();
    assertThat(problemsOf("state BACKUP")).isEmpty();
    assertThat(only("state MASTER", "priority 100").election())
        .isEqualTo(only("priority 100").election());
    assertThat(only("state MASTER", "priority 100").extras().startsAsMaster()).isTrue();
    assertThat(only("priority 100").extras().startsAsMaster()).isFalse();
    assertThat(problemsOf("state master"))
        .containsExactly(
            "k.conf:5:7: warning: state must be MASTER or BACKUP, found 'master'; BACKUP is used;"
                + " write state MASTER");
  }

  @Test
  void makesAMasterWithoutPriorityTheOwnerAndSaysSo() {
    assertThat(only("state MASTER").election().priority().value()).isEqualTo(255);
    assertThat(problemsOf("state MASTER"))
        .singleElement()
        .asString()
        .contains("address owner with 255");
  }

  @Test
  void callsNoPriorityMissingThatIsWrong() {
    assertThat(problemsOf("state MASTER", "priority 300"))
        .singleElement()
        .asString()
        .contains("priority must be a whole number from 1 to 255");
  }

  @Test
  void doesNotPreemptWhenTold() {
    assertThat(only("nopreempt").election().preempts()).isFalse();
    assertThat(only("nopreempt", "preempt").election().preempts()).isTrue();
    assertThat(problemsOf("nopreempt")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"state MASTER,state MASTER", "priority 255,priority 255"})
  void ignoresNopreemptThatCannotWork(String line, String named) {
    List<String> problems = problemsOf("nopreempt", line, "priority " + priorityOf(line));
    assertThat(only("nopreempt", line, "priority " + priorityOf(line)).election().preempts())
        .isTrue();
    assertThat(problems)
        .containsExactly(
            "k.conf:5:1: warning: nopreempt has no effect together with "
                + named
                + "; write state BACKUP and a priority below 255 on every node [V003]");
  }

  /** As keepalived 2.2.7 does: version 2 does not know the keyword in strict mode. */
  @Test
  void takesPacketsInStrictModeWhereTheInstanceSaysSoInVersion3() {
    assertThat(only("strict_mode on", "version 3").wire().accepts()).isFalse();
    assertThat(only("strict_mode on", "version 3", "accept").wire().accepts()).isTrue();
    assertThat(only("strict_mode on", "version 3", "no_accept").wire().accepts()).isFalse();
    assertThat(only("strict_mode on", "version 2", "accept").wire().accepts()).isFalse();
    assertThat(only("strict_mode on", "priority 255", "version 2").wire().accepts()).isTrue();
    assertThat(only("version 2").wire().accepts()).isTrue();
  }

  @Test
  void startsAsMasterInStrictModeWhenItOwnsTheAddresses() {
    InstanceConfig backup = only("state MASTER", "priority 100", "strict_mode on", "nopreempt");
    assertThat(backup.extras().startsAsMaster()).isFalse();
    assertThat(backup.election().preempts()).isFalse();
    assertThat(problemsOf("state MASTER", "priority 100", "strict_mode on", "nopreempt"))
        .contains(
            "k.conf:5:1: warning: vrrp_instance VI_1 has strict mode and priority 100: it starts"
                + " as BACKUP; write state BACKUP");
    assertThat(only("state BACKUP", "priority 255", "strict_mode on").extras().startsAsMaster())
        .isTrue();
  }

  @Test
  void ignoresNativeIpv6AfterIpv4Addresses() {
    assertThat(only("native_ipv6").key().family()).isEqualTo(AddressFamily.IPV4);
    assertThat(problemsOf("native_ipv6"))
        .containsExactly(
            "k.conf:5:1: warning: native_ipv6 comes after IPv4 addresses and is ignored, as in"
                + " keepalived; delete it");
  }

  private static int priorityOf(String line) {
    return line.startsWith("priority") ? 255 : 100;
  }

  @Test
  void readsThePreemptDelay() {
    assertThat(only("preempt_delay 2.5").election().preemptDelay())
        .isEqualTo(Duration.ofMillis(2500));
    assertThat(problemsOf("preempt_delay 1001"))
        .containsExactly(
            "k.conf:5:15: warning: preempt_delay must be 0 to 1000 seconds, found '1001'; 0 s is"
                + " used, as in keepalived; correct the number");
    assertThat(only("preempt_delay 5", "nopreempt").election().preemptDelay()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-999999999", "1E+999999999", "0x10", "NaN", "--1"})
  void ignoresNumbersThatAreNoSeconds(String text) {
    assertThat(problemsOf("preempt_delay " + text))
        .containsExactly(
            "k.conf:5:15: warning: preempt_delay must be 0 to 1000 seconds, found '"
                + text
                + "'; 0 s is used, as in keepalived; correct the number");
  }

  @ParameterizedTest
  @CsvSource({"2,1,100", "2,255,25500", "3,0.01,1", "3,40.95,4095", "3,0.5,50"})
  void takesIntervalsThatTheVersionCarries(int version, String interval, int centiseconds) {
    String[] lines = {"version " + version, "advert_int " + interval};
    assertThat(only(lines).election().interval().centiseconds()).isEqualTo(centiseconds);
    assertThat(problemsOf(lines)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2,0.3,100,1.0", "2,1.5,200,2.0", "3,41,4095,40.95", "3,0.014,1,0.01"})
  void fitsOtherIntervalsAndSaysWhich(int version, String asked, int used, String seconds) {
    String[] lines = {"version " + version, "advert_int " + asked};
    assertThat(only(lines).election().interval().centiseconds()).isEqualTo(used);
    assertThat(problemsOf(lines))
        .singleElement()
        .asString()
        .startsWith(
            "k.conf:6:1: warning: advert_int "
                + asked
                + " is not possible in VRRPv"
                + version
                + "; "
                + seconds
                + " s is used; ");
  }

  @Test
  void keepsTheIntervalInForceWhenOneIsIgnored() {
    assertThat(problemsOf("advert_int 3", "advert_int 0"))
        .contains(
            "k.conf:6:12: warning: advert_int must be 0.01 to 255 seconds, found '0'; 3 s is used,"
                + " as in keepalived; correct the number");
    assertThat(only("advert_int 3", "advert_int 0").election().interval().centiseconds())
        .isEqualTo(300);
  }

  @Test
  void speaksTheVersionOfTheInstanceOrElseOfTheGlobalSettings() {
    String global = "global_defs { vrrp_version 3 }\n";
    assertThat(only("version 3").version()).isEqualTo(VrrpVersion.V3);
    assertThat(model(global + instance()).instances().get(0).version()).isEqualTo(VrrpVersion.V3);
    assertThat(model(global + instance("version 2")).instances().get(0).version())
        .isEqualTo(VrrpVersion.V2);
    assertThat(problemsOf("version 4"))
        .containsExactly(
            "k.conf:5:9: warning: version must be a whole number from 2 to 3, found '4'; the line is"
                + " ignored, as in keepalived; correct the number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0/1", "eth0:1", "sixteencharacter", ".", ".."})
  void refusesNamesThatNoInterfaceCanHave(String name) {
    assertThat(load(instance("interface " + name)).config()).isEmpty();
    assertThat(problemsOf("interface " + name))
        .contains(
            "k.conf:5:11: error: '"
                + name
                + "' cannot be the name of a network interface; names have 1 to 15 characters, no"
                + " slash and no colon");
  }

  @Test
  void saysWhichMandatorySettingIsMissing() {
    assertThat(problems("vrrp_instance A {\n}\n"))
        .contains(
            "k.conf:1:1: error: vrrp_instance A has no virtual_router_id; add:"
                + " virtual_router_id 1..255",
            "k.conf:1:1: error: vrrp_instance A has no interface; add: interface NAME",
            "k.conf:1:1: warning: vrrp_instance A has no virtual_ipaddress, so it protects"
                + " nothing; add at least one address");
  }

  @Test
  void demandsAnAddressInVersion3() {
    String text = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nversion 3\n}\n";
    assertThat(problems(text))
        .containsExactly(
            "k.conf:1:1: error: vrrp_instance A has no virtual_ipaddress, which version 3 demands;"
                + " add at least one address");
    assertThat(problems(text.replace("version 3", "version 2")))
        .allMatch(problem -> problem.contains("warning"));
  }

  @Test
  void showsNoPasswordThatStandsWhereTheTypeBelongs() {
    assertThat(problemsOf("authentication {", "auth_type hunter2", "auth_pass x", "}"))
        .anyMatch(it -> it.contains("auth_type must be PASS or AH, found another word;"))
        .noneMatch(it -> it.contains("hunter2"));
  }

  @Test
  void usesTheFirstOfTwoInstancesOfOneName() {
    String other = instance().replace("51", "52");
    assertThat(problems(instance() + other))
        .containsExactly(
            "k.conf:7:1: warning: vrrp_instance VI_1 is defined twice; the first one is used, as in"
                + " keepalived; rename or delete one; what is in this one was not looked at");
  }

  @Test
  void namesASecondInstanceOfANameThatLacksItsIdentity() {
    String other = instance().replaceFirst("virtual_router_id 51", "");
    assertThat(problems(instance() + other))
        .singleElement()
        .asString()
        .startsWith("k.conf:7:1: warning: vrrp_instance VI_1 is defined twice;");
  }

  @Test
  void refusesTwoInstancesWithOneIdentityOnAnInterface() {
    String other = instance().replace("VI_1", "VI_2");
    assertThat(problems(instance() + other))
        .containsExactly(
            "k.conf:9:3: error: virtual_router_id 51 is used twice for IPv4 on eth0: by VI_1 and"
                + " VI_2; give each instance on an interface its own virtual_router_id");
  }

  @Test
  void keepsSeveralInstancesInTheOrderOfTheFile() {
    String other = instance().replace("VI_1", "VI_2").replace("eth0", "eth1");
    String third = instance().replace("VI_1", "VI_0").replace("10.0.0.100", "fe80::5");
    assertThat(model(instance() + other + third).instances())
        .extracting(InstanceConfig::name)
        .containsExactly("VI_1", "VI_2", "VI_0");
    assertThat(problems(instance() + other + third)).isEmpty();
  }

  @Test
  void saysWhereAMisplacedKeywordBelongs() {
    assertThat(problemsOf("vrrp_strict"))
        .containsExactly(
            "k.conf:5:1: warning: unknown keyword 'vrrp_strict' in vrrp_instance is ignored; it is"
                + " known in global_defs: move it there");
  }
}
