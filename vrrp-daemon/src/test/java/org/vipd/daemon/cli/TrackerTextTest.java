package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.status.InstanceStatus.TrackerStatus;
import org.vipd.daemon.testkit.Repository;

class TrackerTextTest {

  @Test
  void printsTheLinesOfThePage() throws IOException {
    TrackerStatus process =
        new TrackerStatus(
            "process",
            "proxy",
            -30,
            false,
            "bad",
            -30,
            "0 processes haproxy run, wanted: at least 1",
            "2026-11-26T03:14:15.926+01:00");
    TrackerStatus link = new TrackerStatus("interface", "eth1", 0, false, "good", 0, "up", "");
    String page = Files.readString(Repository.root().resolve("docs/health-checks.md"));
    assertThat(page)
        .contains(
            "  tracker     " + TrackerText.of(process) + "\n",
            "  tracker     " + TrackerText.of(link) + "\n");
  }

  @Test
  void saysWhatAReversedOneMeans() {
    TrackerStatus fault = new TrackerStatus("bfd", "b", 0, true, "good", 0, "x is up", "");
    assertThat(TrackerText.of(fault)).isEqualTo("bfd b is good: x is up; good means FAULT");
    TrackerStatus weighted = new TrackerStatus("file", "f", 2, true, "bad", -6, "/f holds 3", "");
    assertThat(TrackerText.of(weighted))
        .isEqualTo("file f is bad: /f holds 3; weight 2 reversed, counts -6");
  }
}
