package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.status.DaemonStatus.ConfigurationStatus;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.status.ReloadReport;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

class ReloadTest {

  private static final String OTHER =
      """
      vrrp_instance VI_2 {
        interface eth0
        virtual_router_id 52
        priority 255
        virtual_ipaddress { 10.0.0.200 }
      }
      """;

  private static FakeHost active(String configuration) {
    FakeHost host = new FakeHost(configuration).start();
    host.runSeconds(4);
    host.trace.take();
    host.journal.take();
    return host;
  }

  @Test
  void keepsTheOldConfigurationWhenTheNewOneIsBad() {
    FakeHost host = active(Configurations.instance(100));
    host.reload(Configurations.instance(300));
    assertThat(host.journal.messages())
        .containsExactly(
            "error test.conf:4:12: error: priority must be a whole number from 1 to 255, found"
                + " '300'",
            "error reload of test.conf refused: 1 error; the old configuration stays");
    assertThat(host.trace.lines()).isEmpty();
    assertThat(host.status().configuration().generation()).isEqualTo(1);
    assertThat(host.status().configuration().lastReload()).contains("refused: 1 error");
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
  }

  private static LoadResult fileOf(String text) {
    ConfigHash hash = new ConfigHash();
    hash.add(text.getBytes(StandardCharsets.UTF_8));
    LoadResult read = KeepalivedReader.parse("test.conf", text);
    return new LoadResult(read.config(), read.problems(), hash);
  }

  private static String hashOf(String text) {
    return fileOf(text).hash().text();
  }

  private static long secondsTo(String isoTime) {
    return OffsetDateTime.parse(isoTime).toEpochSecond();
  }

  @Test
  void tellsTheHashOfWhatIsInForceAndWhenTheLastReloadWas() {
    String good = Configurations.instance(90);
    String bad = Configurations.instance(300);
    FakeHost host = active(Configurations.instance(100));
    ConfigurationStatus atStart = host.status().configuration();
    long start = secondsTo(atStart.since());
    assertThat(atStart.lastReloadAt()).isEmpty();
    assertThat(atStart.lastReloadRefused()).isFalse();

    host.read(fileOf(good), ReloadMode.APPLY);
    assertThat(host.status().configuration().hash()).isEqualTo(hashOf(good)).hasSize(64);
    assertThat(secondsTo(host.status().configuration().since())).isEqualTo(start + 4);

    host.runSeconds(3);
    host.read(fileOf(bad), ReloadMode.APPLY);
    ConfigurationStatus refused = host.status().configuration();
    assertThat(refused.hash()).isEqualTo(hashOf(good));
    assertThat(secondsTo(refused.since())).isEqualTo(start + 4);
    assertThat(secondsTo(refused.lastReloadAt())).isEqualTo(start + 7);
    assertThat(refused.lastReloadRefused()).isTrue();

    host.read(fileOf(good), ReloadMode.PLAN);
    assertThat(host.status().configuration()).isEqualTo(refused);
    host.read(fileOf(good), ReloadMode.APPLY);
    assertThat(host.status().configuration().lastReloadRefused()).isFalse();
  }

  @Test
  void sendsFromAnotherAddressWhenItsOwnBecomesVirtualElsewhere() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.putAddress(2, "10.0.0.9/24");
    host.start();
    host.runSeconds(4);
    String other = OTHER.replace("priority 255", "priority 100").replace("10.0.0.200", "10.0.0.2");
    host.trace.take();
    host.reload(Configurations.instance(100) + other);
    host.runSeconds(2);
    assertThat(host.trace.lines())
        .filteredOn(line -> line.startsWith("advertise VRID 51"))
        .isNotEmpty()
        .allMatch("advertise VRID 51 priority 100 10.0.0.9 to 224.0.0.18"::equals);
  }

  @Test
  void keepsAnActiveWhosePriorityChangedAndAdvertisesTheNewOne() {
    FakeHost host = active(Configurations.instance(100));
    host.reload(Configurations.instance(90));
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.runSeconds(2);
    assertThat(host.trace.lines())
        .isNotEmpty()
        .allMatch("advertise VRID 51 priority 90 10.0.0.2 to 224.0.0.18"::equals);
    assertThat(host.status().configuration().generation()).isEqualTo(2);
    assertThat(host.service.told())
        .containsSubsequence("reloading", "ready: reload of test.conf applied as generation 2");
  }

  @Test
  void changesNothingWhenNothingChanged() {
    FakeHost host = active(Configurations.instance(100, "nopreempt"));
    host.reload("# moved\n" + Configurations.instance(100, "nopreempt"));
    assertThat(host.trace.lines()).isEmpty();
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void installsAndAnnouncesAnAddressAddedWhileActive() {
    FakeHost host = active(Configurations.instance(100));
    host.reload(Configurations.instance(100, "virtual_ipaddress { 10.0.0.101 }"));
    List<String> lines = host.trace.take();
    assertThat(lines.get(0)).isEqualTo("install 10.0.0.101/32 on eth0");
    assertThat(lines.stream().filter("announce 10.0.0.101 on eth0"::equals)).hasSize(5);
    assertThat(lines).noneMatch(it -> it.startsWith("remove"));
    assertThat(host.instance().addresses()).containsExactly("10.0.0.100/32", "10.0.0.101/32");
  }

  @Test
  void removesAnAddressDroppedWhileActive() {
    FakeHost host = active(Configurations.instance(100, "virtual_ipaddress { 10.0.0.101 }"));
    host.reload(Configurations.instance(100));
    assertThat(host.trace.take()).startsWith("remove 10.0.0.101/32 on eth0");
    assertThat(host.interfaces.has("10.0.0.101")).isFalse();
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
  }

  @Test
  void installsAnExcludedAddressAddedWhileActive() {
    FakeHost host = active(Configurations.instance(100));
    host.reload(Configurations.instance(100, "virtual_ipaddress_excluded { 10.0.0.102 }"));
    assertThat(host.trace.take()).startsWith("install 10.0.0.102/32 on eth0");
    assertThat(host.interfaces.has("10.0.0.102")).isTrue();
  }

  @Test
  void startsAnAddedInstanceAndLeavesTheOtherAlone() {
    FakeHost host = active(Configurations.instance(100));
    host.reload(Configurations.instance(100) + OTHER);
    assertThat(host.trace.take())
        .startsWith(
            "advertise VRID 52 priority 255 10.0.0.2 to 224.0.0.18",
            "install 10.0.0.200/32 on eth0");
    assertThat(host.status().instances())
        .extracting(InstanceStatus::name)
        .containsExactly("VI_1", "VI_2");
    assertThat(host.channels.openCount()).isEqualTo(1);
  }

  @Test
  void resignsARemovedInstanceAndLeavesTheOtherAlone() {
    FakeHost host = active(Configurations.instance(100) + OTHER);
    host.reload(Configurations.instance(100));
    assertThat(host.trace.take())
        .containsExactly(
            "advertise VRID 52 priority 0 10.0.0.2 to 224.0.0.18", "remove 10.0.0.200/32 on eth0");
    assertThat(host.status().instances()).extracting(InstanceStatus::name).containsExactly("VI_1");
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void keepsTheRoleOfARenamedInstance() {
    FakeHost host = active(Configurations.instance(100));
    host.reload(Configurations.instance(100).replace("VI_1", "VI_9"));
    assertThat(host.instance("VI_9").state()).isEqualTo("MASTER");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("remove"));
  }

  @Test
  void movesAnAddressBetweenTwoInstancesWithoutLosingIt() {
    String first = OTHER.replace("VI_2", "VI_0").replace("52", "50").replace("200", "150");
    FakeHost host = active(first + OTHER);
    host.reload(
        first.replace("10.0.0.150", "10.0.0.200") + OTHER.replace("10.0.0.200", "10.0.0.150"));
    assertThat(host.interfaces.has("10.0.0.200")).isTrue();
    assertThat(host.interfaces.has("10.0.0.150")).isTrue();
    assertThat(host.instance("VI_0").heldAddresses()).isNotEmpty();
    assertThat(host.instance("VI_2").heldAddresses()).isNotEmpty();
  }

  @Test
  void opensAnotherChannelForUnicast() {
    FakeHost host = active(Configurations.instance(100));
    host.reload(Configurations.instance(100, "unicast_peer { 10.0.0.3 }"));
    assertThat(host.trace.take())
        .startsWith("close eth0 ipv4 group 224.0.0.18", "open eth0 ipv4 from 10.0.0.2");
    host.runSeconds(1);
    assertThat(host.trace.lines()).contains("advertise VRID 51 priority 100 10.0.0.2 to 10.0.0.3");
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void replacesTheChecks() {
    String check =
        """
        vrrp_script %s {
          script /bin/true
          weight 5
        }
        """;
    FakeHost host =
        active(check.formatted("a") + Configurations.instance(100, "track_script { a }"));
    assertThat(host.scripts.checks()).containsExactly("a");
    host.reload(check.formatted("b") + Configurations.instance(100, "track_script { b }"));
    assertThat(host.scripts.checks()).containsExactly("b");
    assertThat(host.instance().checks()).extracting(it -> it.name()).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing here\n", "root:x:0:0:root:/root:/bin/bash\n"})
  void refusesAReloadThatLeavesNoInstance(String text) {
    FakeHost host = active(Configurations.instance(100));
    ReloadReport plan = host.plan(text);
    assertThat(plan.usable()).isFalse();
    ReloadReport report = host.reload(text);
    assertThat(report.applied()).isFalse();
    assertThat(report.problems())
        .contains(
            "test.conf: error: defines no vrrp_instance, but 1 run: a reload would give up every"
                + " address; to do that on purpose, stop the daemon");
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.trace.lines()).isEmpty();
  }

  @Test
  void startsWithoutInstancesAndSaysSoAndTakesTheFirstOneByReload() {
    FakeHost host = new FakeHost("").start();
    assertThat(host.journal.messages())
        .contains(
            "warn test.conf defines no vrrp_instance: the daemon runs, and holds no address; is it"
                + " the right file?");
    assertThat(host.reload("# still nothing").applied()).isTrue();
    assertThat(host.reload(Configurations.instance(255)).applied()).isTrue();
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void refusesAReloadThatLosesAddressesThroughAnUnmatchedBrace() {
    FakeHost host = active(Configurations.instance(100));
    String early = Configurations.instance(100).replace("priority 100", "priority 100 }");
    assertThat(host.reload(early).applied()).isFalse();
    assertThat(host.journal.messages())
        .anyMatch(it -> it.startsWith("error test.conf:") && it.contains("ended too early"));
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void refusesAReloadThatLosesAddressesThroughABraceThatIsMissing() {
    FakeHost host = active(Configurations.instance(100));
    String open = Configurations.instance(100).replaceFirst(" \\{", "");
    assertThat(host.reload(open).applied()).isTrue();
    String less = open.replace("10.0.0.100", "10.0.0.101");
    assertThat(host.reload(less).applied()).isFalse();
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
  }

  /** A tilde ends a line; each keeps what is written of authentication from being used. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authentication {~ auth_type PASS~ auth_pas geheim~ }|unknown keyword 'auth_pas' in authentication is ignored, so nothing is authenticated",
        "authentication {~ auth_type PASS~ }|authentication has no auth_pass, so it is ignored, as in keepalived",
        "authentication {~ auth_type pass~ auth_pass geheim~ }|auth_type must be PASS or AH, found 'pass'",
        "autentication {~ auth_type PASS~ auth_pass geheim~ }|unknown block 'autentication' in vrrp_instance is ignored",
        "authentication|authentication has no block",
        "auth_pass geheim|unknown keyword 'auth_pass' in vrrp_instance is ignored",
        "strict_mode on~ authentication {~ auth_type PASS~ auth_pass geheim~ }|strict mode has no authentication",
      })
  void refusesAReloadThatLosesAuthenticationByMistake(String lines, String why) {
    FakeHost host =
        active(
            Configurations.instance(
                100, "authentication {", "auth_type PASS", "auth_pass geheim", "}"));
    String text = Configurations.instance(90, lines.split("~ "));
    assertThat(host.plan(text).usable()).isFalse();
    ReloadReport report = host.reload(text);
    assertThat(report.applied()).isFalse();
    assertThat(report.problems())
        .filteredOn(it -> it.contains("authentication"))
        .singleElement()
        .asString()
        .contains("error: VI_1 would go on without authentication: " + why)
        .endsWith("to do that on purpose, delete all that is about authentication");
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
  }

  @Test
  void losesAuthenticationByReloadWhenNothingIsLeftOfIt() {
    String[] block = {"authentication {", "auth_type PASS", "auth_pass geheim", "}"};
    FakeHost host = active(Configurations.instance(100, block));
    assertThat(host.reload(Configurations.instance(90)).applied()).isTrue();
    assertThat(host.reload(Configurations.instance(90, "authentication {", "}")).applied())
        .as("it has none to lose")
        .isTrue();
  }

  @Test
  void takesAnUnmatchedBraceThatChangesNothingAsKeepalivedDoes() {
    FakeHost host = active(Configurations.instance(100));
    assertThat(host.reload(Configurations.instance(90) + "}\n").applied()).isTrue();
    assertThat(host.instance().effectivePriority()).isEqualTo(90);
  }

  private static String only(String address) {
    return """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 100
          virtual_ipaddress { %s }
        }
        """
        .formatted(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.100/24 label eth0:9", "10.0.0.100/25", "10.0.0.100/24 scope link"})
  void staysActiveWhenTheOnlyAddressGetsOtherAttributes(String address) {
    FakeHost host = active(only("10.0.0.100/24"));
    host.reload(only(address));
    host.runSeconds(3);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.trace.lines()).noneMatch(line -> line.contains("priority 0"));
    assertThat(host.trace.lines().toString()).contains("remove", "install", "announce");
  }

  @Test
  void seesNoChangeInADeviceThatIsTheUsualOne() {
    FakeHost host = active(only("10.0.0.100/24 dev eth0"));
    assertThat(host.plan(only("10.0.0.100/24")).changes()).isEmpty();
    host.reload(only("10.0.0.100/24"));
    assertThat(host.trace.lines()).isEmpty();
    host.reload(only("10.0.0.100/24 dev eth0"));
    assertThat(host.trace.lines()).isEmpty();
  }
}
