package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.ConfigProblem.Severity;
import org.vipd.daemon.config.LoadResult;

/**
 * A file that keepalived runs in spite of a bad value runs here, too, and means the same; a warning
 * at the value says what is used. The few values that are refused stand in {@code
 * keepalived-differences.txt} with their reason.
 */
class ToleratedValuesTest {

  private static final String NOTHING = "-";
  private static final String REFUSED = "values/";

  /** A row of {@code keepalived-values.txt}. */
  private record Row(String where, String text, String same, String message) {

    static Row parse(String line) {
      String[] columns = line.split(" \\| ", 4);
      return new Row(columns[0], columns[1], columns[2], columns[3]);
    }
  }

  static Stream<Row> tolerated() {
    return resource("/keepalived-values.txt").map(Row::parse);
  }

  static Stream<String> refused() {
    return resource("/keepalived-differences.txt")
        .map(line -> line.split(" \\| ", 2)[0])
        .flatMap(files -> Arrays.stream(files.split(", ", -1)))
        .filter(file -> file.startsWith(REFUSED))
        .map(file -> file.substring(REFUSED.length()));
  }

  @ParameterizedTest
  @MethodSource("tolerated")
  void runsWithWhatKeepalivedWouldUse(Row row) {
    String text = lines(row.text);
    int height = height(text);
    LoadResult result = Loading.load(frame(row.where, text));
    assertThat(result.config()).as(result.problems().toString()).isPresent();
    assertThat(result.config())
        .isEqualTo(Loading.load(frame(row.where, padded(lines(row.same), height))).config());
    int first = firstLine(row.where);
    List<ConfigProblem> said =
        result.problems().stream().filter(it -> it.text().contains(row.message)).toList();
    assertThat(said).as(result.problems().toString()).hasSize(1);
    assertThat(said.get(0).severity()).isEqualTo(Severity.WARNING);
    assertThat(said.get(0).place().line()).isBetween(first, first + height - 1);
    assertThat(said.get(0).place().column()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatNobodyCanKnow(String text) {
    String where = text.substring(0, text.indexOf(' '));
    LoadResult result = Loading.load(frame(where, lines(text.substring(where.length() + 1))));
    assertThat(result.config()).isEmpty();
    assertThat(result.problems())
        .filteredOn(ConfigProblem::isError)
        .singleElement()
        .matches(it -> it.place().line() == firstLine(where) && it.place().column() > 0);
  }

  private static Stream<String> resource(String name) {
    try (InputStream in = ToleratedValuesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a row as lines: each statement and each brace on its own. */
  private static String lines(String text) {
    return Arrays.stream(text.split(" / | (?=[{}])|(?<=[{}]) ", -1))
        .map(it -> it.equals(NOTHING) ? "" : it)
        .collect(Collectors.joining("\n"))
        .replace("\n{", " {");
  }

  private static String padded(String text, int height) {
    return text + "\n".repeat(height - height(text));
  }

  private static int height(String text) {
    return text.split("\n", -1).length;
  }

  /** A good file around a text, which stands alone on its lines. */
  private static String frame(String where, String text) {
    String marked =
        String.join(
            "\n",
            "global_defs {",
            "@global",
            "}",
            "vrrp_script S {",
            where.equals("script") ? "@script" : "script /bin/true",
            "}",
            "@root",
            "vrrp_instance V {",
            "interface eth0",
            "virtual_router_id 51",
            "priority 100",
            "@instance",
            "track_script {",
            where.equals("track") ? "S @track" : "S",
            "}",
            "virtual_ipaddress {",
            "10.0.0.100",
            "@address",
            "}",
            "}");
    return marked
        .replace("@" + where, text)
        .replaceAll("@(global|script|root|instance|track|address)", "");
  }

  private static int firstLine(String where) {
    List<String> lines = frame(where, "@here").lines().toList();
    return lines.indexOf(where.equals("track") ? "S @here" : "@here") + 1;
  }
}
