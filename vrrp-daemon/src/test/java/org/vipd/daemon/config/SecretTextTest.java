package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

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
        "$PASS=hunter2"
      })
  void hides(String line) {
    assertThat(SecretText.hidden(line)).doesNotContain("hunter2").contains("(not shown)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  auth_type PASS",
        "  auth_type AH",
        "  authentication {",
        "  authentication: {type: password}",
        "script \"/usr/bin/pass hunter2\"",
        "  state MASTER"
      })
  void showsWhatIsNone(String line) {
    assertThat(SecretText.hidden(line)).isEqualTo(line);
  }
}
