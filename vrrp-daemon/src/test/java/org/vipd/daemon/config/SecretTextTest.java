package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords are not shown, also where somebody wrote them with a mistake. */
class SecretTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_pass hunter2",
        "  auth-pass hunter2",
        "authpass=hunter2",
        "    auth_passhunter2",
        "  password hunter2",
        "  pass hunter2",
        "  passwd: hunter2",
        "auth_type hunter2",
        "    authentication: hunter2",
        "    authentication: [password, hunter2]",
        "      secert: hunter2",
        "authentication: {type: password, secret: hunter2}",
        "authentication: {type: password, secret: {value: hunter2}}",
        "  authentication \"hunter2\"",
        "  authentication auth_type PASS hunter2",
        "  webhok https://hooks.example.org/hunter2",
        "- htp://hooks.example.org/hunter2",
        "probe http http://user:hunter2@10.0.0.1/",
        "$PASS=hunter2",
        "PASS=hunter2",
        "$Admin_Token = hunter2",
        "smtp_server ops:hunter2@mail.example.org 587",
        "smtp_server ops@mail.example.org hunter2",
        "  server: ops@example.org:hunter2@mail.example.org",
        "~LST(p, hunter2, other) auth_pass $p",
        "  ~LST({i,p},{1,hunter2}) key $i $p"
      })
  void hides(String line) {
    assertThat(SecretText.hidden(line)).doesNotContain("hunter2").contains("(not shown)");
  }

  @Test
  void hidesInACommentOnlyWhatIsASettingOfASecret() {
    assertThat(SecretText.ofComment("auth_pass hunter2")).isEqualTo("auth_pass (not shown)");
    assertThat(SecretText.ofComment("$OLD_PASS=hunter2")).isEqualTo("$OLD_PASS= (not shown)");
    for (String text : List.of("the key to all", "pass it on to eth0", "the secret is: no peers")) {
      assertThat(SecretText.ofComment(text)).isEqualTo(text);
    }
  }

  @Test
  void hidesThePasswordOfAnAddressInAMessage() {
    assertThat(SecretText.withoutPassword("smtp://ops:hunter2@mail.example.org:587"))
        .isEqualTo("smtp://ops:(not shown)@mail.example.org:587");
    assertThat(SecretText.withoutPassword("ops@example.org:587")).isEqualTo("ops@example.org:587");
  }

  /** Lines are separated by a tilde; whatever is misspelt in a block of secrets may be one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_hmac {~ key1 hunter2",
        "auth_hmac {~ key 2 x~ ky 1 hunter2",
        "auth_hmac~{~ # comment~~ key:1 hunter2",
        "authentication {~ auth_type PASS~ authpas hunter2",
        "authentication {~ auth_type PASS~ auth_pass~  hunter2",
        "  authentication:~    type: password~    pas: hunter2",
        "  authentication:~    type: hmac~    keys:~      1: hunter2",
        "  authentication:~    type: hmac~    keys:~    - id: 1~      scret: hunter2",
      })
  void hidesInABlockOfSecrets(String text) {
    List<String> lines = List.of(text.split("~"));
    assertThat(SecretText.hidden(lines, lines.size() - 1))
        .doesNotContain("hunter2")
        .contains("(not shown)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_hmac {~ active_key 1",
        "authentication {~ auth_type PASS~ }~ state MASTER",
        "authentication {~ auth_type PASS~ auth_pass ${P}x~ }~ virtual_ipaddress {~ 10.0.0.300/24",
        "authentication {~ auth_type PASS~ auth_pass x }~ virtual_ipaddress~ {~ 10.0.0.300/24",
        "authentication {~ auth_type PASS~ }~}~vrrp_instance B {",
        "  authentication:~    type: hmac~  vrid: 51",
        "  authentication:~    type: hmac~    keys:",
        "  authentication:~    type: hmac~  other:~    vrid: 51",
      })
  void showsWhatStandsBesideABlockOfSecrets(String text) {
    List<String> lines = List.of(text.split("~"));
    String last = lines.get(lines.size() - 1);
    assertThat(SecretText.hidden(lines, lines.size() - 1)).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  auth_type PASS",
        "  auth_type AH",
        "~LST(p, a, b) vrrp_script $p {",
        "  authentication {",
        "  authentication: {type: password}",
        "  authentication: {type: password, secret: {file: /etc/secret}}",
        "  authentication { # comment",
        "  authentication # comment",
        "  track_script { web weight 2 }",
        "probe http http://10.0.0.1:80/",
        "script \"/usr/bin/pass hunter2\"",
        "  state MASTER"
      })
  void showsWhatIsNone(String line) {
    assertThat(SecretText.hidden(line)).isEqualTo(line);
  }
}
