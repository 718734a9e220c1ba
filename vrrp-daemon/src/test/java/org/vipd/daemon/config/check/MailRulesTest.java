package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that nobody can send, beside the examples of the page. */
class MailRulesTest {

  private static final String GROUP = "vrrp_sync_group G { group { VI_1 }\n smtp_alert on }\n";
  private static final String ABLE =
      "global_defs { notification_email { a@b.example }\n smtp_server 10.0.0.9 25 }\n";

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp_alert", "smtp_alert_vrrp"})
  void theUsualSettingCountsForAll(String keyword) {
    assertThat(check().found("V037", "global_defs { " + keyword + " on }\n" + instance(100)))
        .containsExactly(
            "warning: mail about VI_1 is asked for, but there is no smtp_server and"
                + " notification_email, so nobody is told");
  }

  @Test
  void aGroupAsksToo() {
    assertThat(check().found("V037", GROUP + instance(100)))
        .singleElement()
        .asString()
        .contains("mail about G is asked for");
    assertThat(check().found("V037", "global_defs { smtp_alert on }\n" + GROUP + instance(100)))
        .singleElement()
        .asString()
        .contains("mail about VI_1 and 1 more is asked for");
  }

  @Test
  void nothingIsSaidWhereMailIsSentOrNotAskedFor() {
    assertThat(check().found("V037", ABLE + instance(100, "smtp_alert on"))).isEmpty();
    assertThat(check().found("V037", instance(100))).isEmpty();
    assertThat(
            check()
                .found("V037", "global_defs { smtp_alert on }\n" + instance(100, "smtp_alert off")))
        .isEmpty();
  }
}
