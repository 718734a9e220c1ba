package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about one instance, beside the examples of the page. */
class ElectionRulesTest {

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  @ParameterizedTest
  @CsvSource({"''", "'track_interface {\nens4\n}'"})
  void pointsAtTheGroupThatTracksWhatMayNotMove(String own) {
    String group =
        "vrrp_sync_group G {\ngroup {\nVI_1\n}\ntrack_interface {\nens3 weight 4\n}\n}\n";
    String text = group + instance(100, "nopreempt\n" + own);
    assertThat(check().places("V002", text)).containsExactly("a.conf:6:1");
    assertThat(check().found("V002", text))
        .singleElement()
        .asString()
        .contains("weight 4 of interface ens3, which group G tracks, cannot move VI_1");
  }

  @Test
  void pointsAtTheInstanceThatTracksItItself() {
    String group =
        """
        vrrp_sync_group G {
          group { VI_1 }
          track_interface { ens4 }
          sync_group_tracking_weight
        }
        """;
    String text = group + instance(100, "nopreempt\ntrack_interface {\nens3 weight 4\n}");
    assertThat(check().found("V002", text))
        .singleElement()
        .asString()
        .contains("weight 4 of interface ens3 cannot move VI_1");
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
