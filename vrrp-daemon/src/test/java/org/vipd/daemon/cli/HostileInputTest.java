package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.HostileFiles;

/**
 * Files that cannot be used, in both languages, through {@code vipd check} and {@code vipd run}, in
 * a process with 256 MB: exit status 2, an error with its place, no stack trace, and less than two
 * seconds of processor time.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class HostileInputTest {

  private static final String MEMORY = "-Xmx256m";
  private static final long PATIENCE_SECONDS = 300;
  private static final long MILLIS = 2000;
  private static final int UNUSABLE = 2;
  private static final Pattern PLACED = Pattern.compile("(?m)^/[^: ]+(:\\d+:\\d+)?: error: ");

  @TempDir private Path folder;

  /** One line of {@link HostileInputs}. */
  private record Ran(int exit, long millis, String command, String file, String text) {}

  @Test
  void endsSoonWithAPlaceAndStatusTwo(TestReporter reporter)
      throws IOException, InterruptedException {
    Map<String, Path> files = HostileFiles.in(folder);
    List<Ran> all = run(files);
    List<String> wrong = new ArrayList<>();
    for (Ran ran : all) {
      if (!isRight(ran)) {
        String what =
            files.entrySet().stream()
                .filter(it -> it.getValue().toString().equals(ran.file()))
                .findFirst()
                .orElseThrow()
                .getKey();
        wrong.add(
            what
                + ": "
                + ran.exit()
                + " after "
                + ran.millis()
                + " ms, "
                + ran.command()
                + ": "
                + ran.text().substring(0, Math.min(300, ran.text().length())));
      }
    }
    long slowest = all.stream().mapToLong(Ran::millis).max().orElseThrow();
    reporter.publishEntry("hostile files", all.size() + " runs, slowest " + slowest + " ms");
    assertThat(wrong).isEmpty();
    assertThat(all).hasSize(2 * files.size());
  }

  private static boolean isRight(Ran ran) {
    // what the daemon says goes to a log that was opened once
    boolean isSaid = !ran.command().equals("check") || PLACED.matcher(ran.text()).find();
    return ran.exit() == UNUSABLE
        && ran.millis() < MILLIS
        && isSaid
        && !ran.text().contains("Exception")
        && !ran.text().contains("\tat ")
        && !ran.text().contains("unexpected failure");
  }

  private static List<Ran> run(Map<String, Path> files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                MEMORY,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HostileInputs.class.getName()));
    files.values().forEach(file -> command.add(file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(output.substring(Math.max(0, output.length() - 3000)))
        .isZero();
    return output.lines().map(HostileInputTest::ran).toList();
  }

  private static Ran ran(String line) {
    String[] columns = line.split("\t", 5);
    assertThat(columns).as(line).hasSize(5);
    String text = columns[4].replace('\f', '\n');
    return new Ran(
        Integer.parseInt(columns[0]), Long.parseLong(columns[1]), columns[2], columns[3], text);
  }
}
