package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.yaml.YamlOptions;
import org.vipd.daemon.config.yaml.YamlReader;

/** A lone surrogate is to a UTF-8 locale what a letter beyond ASCII is to one without. */
class FileNameTest {

  private static final String NAME = "/run/\ud800";

  @Test
  void takesWhatAFileCanBeCalled() {
    assertThat(FileName.objection("/run/vip.fifo")).isEmpty();
  }

  @Test
  void takesOnlyTheLettersOfTheLocale() {
    assertThat(FileName.objection("/run/\u00fc", StandardCharsets.UTF_8)).isEmpty();
    assertThat(FileName.objection("/run/u", StandardCharsets.US_ASCII)).isEmpty();
    assertThat(FileName.objection("/run/\u00fc", StandardCharsets.US_ASCII).orElseThrow())
        .contains("its letters are not in US-ASCII, that of the locale");
  }

  @Test
  void saysWhatIsWrongInPrintableWords() {
    assertThat(FileName.objection(NAME).orElseThrow()).contains("cannot be a file name here");
    assertThat(FileName.objection("/run/\0").orElseThrow()).doesNotContain("\0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global_defs {\n  notify_fifo %s\n}\n",
        "global_defs {\n  vrrp_notify_fifo %s root\n}\n",
        "track_file f {\n  file %s\n}\n"
      })
  void isRefusedWhereItIsWritten(String text) {
    LoadResult result = KeepalivedReader.parse("test.conf", text.formatted(NAME));
    List<ConfigProblem> found =
        result.problems().stream().filter(it -> it.hint().equals(FileName.HINT)).toList();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).severity()).isEqualTo(ConfigProblem.Severity.ERROR);
    assertThat(found.get(0).place().line()).isEqualTo(2);
  }

  /** In double quotes YAML undoes such an escape. */
  @ParameterizedTest
  @ValueSource(strings = {"fifos: [{path: \"%s\"}]", "files: {f: {path: \"%s\"}}"})
  void isRefusedWhereItIsWrittenInYaml(String text) {
    for (String name : List.of("/run/\\ud800", "/run/\\0")) {
      LoadResult result =
          YamlReader.parse(Path.of("vipd.yaml"), text.formatted(name), YamlOptions.ofHost())
              .result();
      List<ConfigProblem> found =
          result.problems().stream().filter(it -> it.hint().equals(FileName.HINT)).toList();
      assertThat(found).as(name).hasSize(1);
      assertThat(found.get(0).severity()).isEqualTo(ConfigProblem.Severity.ERROR);
      assertThat(found.get(0).place()).isEqualTo(new Place("vipd.yaml", 1, text.indexOf('"') + 1));
      assertThat(found.get(0).text()).contains("cannot be a file name here").doesNotContain("\0");
    }
  }
}
