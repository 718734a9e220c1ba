package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickRunTest {

  private static final QuickRun BOTH = new QuickRun(Path.of("/a/b.conf"), Path.of("/x"));

  @Test
  void understandsTheUsualForm() {
    assertThat(QuickRun.of("run", "-f", "/a/b.conf", "--runtime-dir", "/x")).contains(BOTH);
    assertThat(QuickRun.of("run", "--runtime-dir", "/x", "--file", "/a/b.conf")).contains(BOTH);
    assertThat(QuickRun.of("run", "-f", "k.conf"))
        .contains(new QuickRun(Path.of("k.conf"), Path.of("/run/vipd")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "status",
        "status --runtime-dir /x",
        "run --help",
        "run -f",
        "run -f a -f b",
        "run -f a --file b",
        "run --runtime-dir /x",
        "run --runtime-dir /x --runtime-dir /y -f",
        "run -f --help",
        "run -f @file",
        "run -f 'a'",
        "run -f a extra",
        "run -f=a",
        "run -fa --runtime-dir",
        "run --verbose a"
      })
  void leavesEverythingElseToTheParser(String line) {
    assertThat(QuickRun.of(line.split(" ", -1))).isEmpty();
  }
}
