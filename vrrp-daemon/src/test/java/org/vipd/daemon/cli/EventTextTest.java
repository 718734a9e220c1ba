package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.status.EventRecord;
import org.vipd.daemon.testkit.Repository;

class EventTextTest {

  private static EventRecord event(String kind, String before, String state, String... causes) {
    boolean isStall = kind.equals("stall");
    return new EventRecord(
        7,
        "2026-11-28T02:13:44.102+01:00",
        kind,
        isStall ? "DAEMON" : "INSTANCE",
        isStall ? "vipd" : "VI_1",
        before,
        state,
        isStall ? 0 : 99,
        isStall ? 4.213 : 0,
        List.of(causes).stream().map(it -> new EventRecord.CauseRecord(kind, it)).toList());
  }

  @Test
  void aStallIsTheLineOfThePage() throws IOException {
    String line =
        EventText.line(
            event("stall", "", "", "woke up 4.213 s late: garbage collection took 4.10 s"));
    assertThat(line)
        .isEqualTo(
            "2026-11-28T02:13:44.102+01:00  vipd  woke up 4.213 s late: garbage collection took"
                + " 4.10 s");
    assertThat(Files.readString(Repository.root().resolve("docs/notifications.md")))
        .contains("```\n" + line + "\n```");
  }

  @Test
  void aChangeNamesBothStatesAndAllCauses() {
    assertThat(EventText.line(event("state", "MASTER", "BACKUP", "one", "two\nlines ")))
        .isEqualTo(
            "2026-11-28T02:13:44.102+01:00  VI_1  MASTER -> BACKUP, priority 99: one, because two"
                + " lines");
  }

  @Test
  void withoutACauseNothingIsSaidOfOne() {
    assertThat(EventText.line(event("priority", "BACKUP", "BACKUP")))
        .endsWith("  VI_1  priority 99 as BACKUP");
  }
}
