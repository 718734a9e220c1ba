package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules about one instance, beside the examples of the page. */
class ElectionRulesTest {

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  @Test
  void pointsAtTheKeywordThatMakesItStrict() {
    String global = "global_defs {\nvrrp_strict\n}\n";
    assertThat(check().places("V011", global + instance(100))).containsExactly("a.conf:2:1");
    assertThat(check().hints("V011", global + instance(100)))
        .containsExactly("delete vrrp_strict, or write strict_mode off in VI_1");
    String own = instance(100, "strict_mode on");
    assertThat(check().places("V011", own)).containsExactly("a.conf:6:3");
    assertThat(check().hints("V011", own))
        .containsExactly("delete strict_mode, or write strict_mode off where vrrp_strict is set");
  }

  /** What the hint proposes ends the warning. */
  @Test
  void saysNothingWhereStrictModeIsOff() {
    String global = "global_defs {\nvrrp_strict\n}\n";
    assertThat(check().found("V011", global + instance(100, "strict_mode off"))).isEmpty();
    assertThat(check().found("V011", instance(100, "strict_mode off"))).isEmpty();
  }
}
