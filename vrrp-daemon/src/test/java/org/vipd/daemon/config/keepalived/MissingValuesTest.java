package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;

/** A keyword without its value is an error where keepalived ends, and none where it goes on. */
class MissingValuesTest {

  static Stream<String> keywords() {
    try (InputStream in = MissingValuesTest.class.getResourceAsStream("/keepalived-missing.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("keywords")
  void refusesWhatKeepalivedRefuses(String row) {
    String[] columns = row.split(" ", -1);
    LoadResult result = Loading.load(text(columns[0], columns[1]));
    boolean isMissing =
        result.problems().stream()
            .anyMatch(it -> it.isError() && it.text().startsWith(columns[1] + " needs "));
    assertThat(isMissing).as(result.problems().toString()).isEqualTo(columns[2].equals("ends"));
  }

  @ParameterizedTest
  @CsvSource({"global,notify_fifo", "global,vrrp_notify_fifo", "global,vrrp_cpu_affinity"})
  void saysWhatIsSkipped(String scope, String keyword) {
    assertThat(Loading.load(text(scope, keyword)).problems())
        .extracting(ConfigProblem::text)
        .contains(keyword + " needs a value; it is skipped, as in keepalived");
  }

  private static String text(String scope, String line) {
    String block =
        switch (scope) {
          case "global" -> "global_defs {\n" + line + "\n}\n";
          case "script" -> "vrrp_script S {\nscript /bin/true\n" + line + "\n}\n";
          case "process" -> "vrrp_track_process S {\nprocess foo\n" + line + "\n}\n";
          case "file" -> "track_file S {\nfile /run/x\n" + line + "\n}\n";
          case "bfd" -> "bfd_instance S {\nneighbor_ip 10.0.0.3\n" + line + "\n}\n";
          case "root" -> line + "\n";
          default -> "";
        };
    return block + Loading.instance(block.isEmpty() ? line : "");
  }
}
