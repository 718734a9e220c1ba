package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigDiff.Change;
import org.vipd.daemon.testkit.Configurations;

class ConfigDiffTest {

  private static final String ONE = Configurations.instance(100);
  private static final String TWO = ONE.replace("VI_1", "VI_2").replace("51", "52");

  private static ConfigDiff diff(String before, String after) {
    return ConfigDiff.between(Configurations.of(before), Configurations.of(after));
  }

  private static List<String> names(List<InstanceConfig> instances) {
    return instances.stream().map(InstanceConfig::name).toList();
  }

  @Test
  void findsNothingBetweenEqualConfigurationsInOtherPlaces() {
    ConfigDiff diff = diff(ONE + TWO, "# comment\n\n" + TWO + ONE);
    assertThat(diff).isEqualTo(new ConfigDiff(List.of(), List.of(), List.of()));
  }

  @Test
  void sharesEqualInstancesWhereverTheyStand() {
    DaemonConfig before = Configurations.of(ONE + TWO);
    String changed = ONE.replace("priority 100", "priority 90");
    DaemonConfig after = ConfigDiff.sharing(before, Configurations.of("\n" + TWO + changed));
    assertThat(after.instances().get(0)).isSameAs(before.instances().get(1));
    assertThat(after.instances().get(1).election().priority().value()).isEqualTo(90);
    assertThat(
            names(ConfigDiff.between(before, after).changed().stream().map(Change::after).toList()))
        .containsExactly("VI_1");
  }

  /** Whatever stands around what differs, and whether it is the same object. */
  @ParameterizedTest
  @CsvSource({
    "ABC, ABC, '', '', ''",
    "ABC, aBC, '', '', a",
    "ABC, AbC, '', '', b",
    "ABC, ABc, '', '', c",
    "ABC, AC, '', B, ''",
    "ABC, BC, '', A, ''",
    "ABC, AB, '', C, ''",
    "AC, ABC, B, '', ''",
    "AB, ABC, C, '', ''",
    "A, '', '', A, ''",
    "'', A, A, '', ''",
    "ABC, CBA, '', '', ''",
    "ABC, cDa, D, B, ca"
  })
  void findsTheSameWithSharedInstances(
      String before, String after, String added, String removed, String changed) {
    DaemonConfig old = letters(before);
    DaemonConfig fresh = letters(after);
    ConfigDiff diff = ConfigDiff.between(old, fresh);
    assertThat(String.join("", names(diff.added()))).isEqualTo(added);
    assertThat(String.join("", names(diff.removed()))).isEqualTo(removed);
    assertThat(String.join("", diff.changed().stream().map(it -> letter(it.after())).toList()))
        .isEqualTo(changed);
    assertThat(ConfigDiff.between(old, ConfigDiff.sharing(old, fresh))).isEqualTo(diff);
  }

  /** An instance for each letter; a small one is the same router with another priority. */
  private static DaemonConfig letters(String letters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      int priority = Character.isLowerCase(c) ? 90 : 100;
      char name = Character.toUpperCase(c);
      text.append(
          Configurations.instance(priority)
              .replace("VI_1", "" + name)
              .replace("51", "" + (int) name));
    }
    return Configurations.of(text.toString());
  }

  private static String letter(InstanceConfig instance) {
    return instance.election().priority().value() == 90
        ? instance.name().toLowerCase(Locale.ROOT)
        : instance.name();
  }

  @Test
  void findsWhatIsAddedAndRemoved() {
    assertThat(names(diff(ONE, ONE + TWO).added())).containsExactly("VI_2");
    assertThat(names(diff(ONE + TWO, ONE).removed())).containsExactly("VI_2");
    assertThat(diff(ONE, ONE + TWO).changed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "advert_int 2",
        "nopreempt",
        "preempt_delay 4",
        "virtual_ipaddress { 10.0.0.101 }",
        "virtual_ipaddress_excluded { 10.0.0.101 }",
        "unicast_peer { 10.0.0.3 }",
        "mcast_src_ip 10.0.0.2",
        "notify_master /m",
        "garp_master_delay 9",
        "no_accept",
        "authentication {\n auth_type PASS\n auth_pass x\n}"
      })
  void findsAChangeOfAnySetting(String line) {
    ConfigDiff diff = diff(ONE, Configurations.instance(100, line));
    assertThat(diff.added()).isEmpty();
    assertThat(diff.removed()).isEmpty();
    assertThat(diff.changed()).hasSize(1);
  }

  @Test
  void findsAChangeOfPriorityAndName() {
    assertThat(diff(ONE, Configurations.instance(90)).changed()).hasSize(1);
    ConfigDiff renamed = diff(ONE, ONE.replace("VI_1", "VI_9"));
    assertThat(renamed.changed())
        .singleElement()
        .satisfies(change -> assertThat(change.after().name()).isEqualTo("VI_9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0:eth1", "51:53", "10.0.0.100:fe80::1"})
  void takesAnotherIdentityForAnotherRouter(String change) {
    int colon = change.indexOf(':');
    String after = ONE.replace(change.substring(0, colon), change.substring(colon + 1));
    ConfigDiff diff = diff(ONE, after);
    assertThat(diff.added()).hasSize(1);
    assertThat(diff.removed()).hasSize(1);
    assertThat(diff.changed()).isEmpty();
  }

  @Test
  void takesAnotherVersionForAnotherRouter() {
    ConfigDiff diff = diff(ONE, Configurations.instance(100, "version 3"));
    assertThat(diff.added()).hasSize(1);
    assertThat(diff.removed()).hasSize(1);
  }
}
