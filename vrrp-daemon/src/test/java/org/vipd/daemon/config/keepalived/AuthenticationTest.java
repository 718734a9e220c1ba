package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

  private static final String[] PASS = {
    "authentication {", "auth_type PASS", "auth_pass 12345678", "}"
  };

  @Test
  void protectsWithAPassword() {
    assertThat(only(PASS).authentication()).isNotEqualTo(only().authentication());
    assertThat(only(PASS).authentication()).isEqualTo(only(PASS).authentication());
    assertThat(problemsOf(PASS)).isEmpty();
  }

  @Test
  void warnsOfAPasswordWithMoreThanEightBytes() {
    assertThat(problemsOf("authentication {", "auth_type PASS", "auth_pass 123456789", "}"))
        .singleElement()
        .asString()
        .startsWith("k.conf:7:11: warning: auth_pass has 9 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "auth_type PASS,no auth_pass,add: auth_pass",
    "auth_pass secret,no auth_type,add: auth_type PASS"
  })
  void ignoresHalfABlock(String line, String missing, String hint) {
    assertThat(only("authentication {", line, "}").authentication())
        .isEqualTo(only().authentication());
    assertThat(problemsOf("authentication {", line, "}"))
        .containsExactly(
            "k.conf:5:1: warning: authentication has "
                + missing
                + ", so it is ignored, as in keepalived; "
                + hint);
  }

  @Test
  void ignoresAnUnknownType() {
    assertThat(problemsOf("authentication {", "auth_type MD5", "auth_pass secret", "}"))
        .singleElement()
        .asString()
        .isEqualTo(
            "k.conf:6:11: warning: auth_type must be PASS or AH, found 'MD5'; packets are not"
                + " authenticated, as in keepalived; write PASS, on all nodes the same");
    assertThat(only("authentication {", "auth_type MD5", "auth_pass secret", "}"))
        .isEqualTo(only("#", "#", "#", "#"));
  }

  @Test
  void ignoresPasswordsInVersionThree() {
    String[] lines = {"version 3", "authentication {", "auth_type PASS", "auth_pass x", "}"};
    assertThat(only(lines).authentication()).isEqualTo(only("version 3").authentication());
    assertThat(problemsOf(lines))
        .containsExactly(
            "k.conf:6:1: warning: VRRPv3 has no authentication; the block is ignored; delete it");
  }

  @Test
  void doesNotShowThePassword() {
    assertThat(only("authentication {", "auth_type PASS", "auth_pass s3cret", "}").toString())
        .doesNotContain("s3cret");
  }
}
