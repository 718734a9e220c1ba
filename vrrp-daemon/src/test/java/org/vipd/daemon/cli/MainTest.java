package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.control.ControlServer;
import org.vipd.daemon.control.EventFeed;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.RecordingJournal;

/** Exit codes and messages; nothing here reaches the network. */
class MainTest {

  @TempDir private Path folder;

  /** What a command line did. */
  private record Ran(int exit, String out, String err) {}

  private static Ran run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.execute(arguments);
      Ran ran =
          new Ran(
              exit,
              outBytes.toString(StandardCharsets.UTF_8),
              errBytes.toString(StandardCharsets.UTF_8));
      assertThat(ran.err()).doesNotContain("\tat ", "Exception");
      return ran;
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Ran runFile(Path file) {
    return run("run", "-f", file.toString(), "--runtime-dir", folder.resolve("run").toString());
  }

  @Test
  void showsUsageWithoutArguments() {
    Ran ran = run();
    assertThat(ran.exit()).isEqualTo(64);
    assertThat(ran.err()).contains("Usage: vipd", "run", "status").doesNotContain("warm-up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--warp", "dance", "run", "run --file", "run -f x --warp", "status x", "reload x"})
  void refusesCommandLinesThatMakeNoSense(String line) {
    Ran ran = run(line.split(" ", -1));
    assertThat(ran.exit()).isEqualTo(64);
    assertThat(ran.err()).contains("Usage: vipd");
  }

  @Test
  void tellsItsVersionAndHelpsOnStandardOutput() {
    assertThat(run("--version").out()).startsWith("vipd ").contains(" on Java ");
    assertThat(run("--help").out()).contains("Usage: vipd");
    assertThat(run("run", "--help").out()).contains("2 configuration unusable");
    assertThat(run("--help").exit()).isZero();
  }

  @Test
  void endsWithTwoForAMissingFile() {
    Path file = folder.resolve("none.conf");
    Ran ran = runFile(file);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(file + ": error: does not exist; check the path")
        .contains("not started: " + file + " cannot be used");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void endsWithTwoForABrokenFileAndNamesThePlace() throws IOException {
    Path file = folder.resolve("broken.conf");
    Files.writeString(file, "vrrp_instance A {\n  priority 300\n");
    Ran ran = runFile(file);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(file + ":2:12: error: priority must be a whole number from 1 to 255")
        .contains(file + ":1:1: error: block vrrp_instance is not closed");
  }

  @Test
  void endsWithTwoForADirectory() {
    assertThat(runFile(folder).exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "reload"})
  void endsWithOneWhenNoDaemonAnswers(String command) {
    Ran ran = run(command, "--runtime-dir", folder.toString());
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("vipd: no daemon answers on " + folder.resolve("control.sock") + ": ")
        .endsWith("; is it running, and with this runtime directory?\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "null",
        "[]",
        "{}",
        "{\"error\":{}}",
        "{\"version\":\"1\",\"pid\":\"many\",\"uptimeSeconds\":1,\"configuration\":{},"
            + "\"instances\":[],\"interfaces\":[],\"daemon\":{}}"
      })
  void saysThatSomethingElseAnswers(String answer) throws Exception {
    Path socket = Files.createDirectory(folder.resolve("foreign")).resolve("control.sock");
    try (ControlServer server =
        ControlServer.open(
            socket,
            (line, isAwaited) -> answer,
            new EventFeed(),
            new RecordingJournal(),
            new FakeClock())) {
      Thread thread = new Thread(server, "something else");
      thread.setDaemon(true);
      thread.start();
      String directory = socket.getParent().toString();
      for (String command : List.of("status", "reload")) {
        Ran ran = run(command, "--runtime-dir", directory);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
            .startsWith("vipd: what answers on " + socket + " is not a vipd of this version")
            .hasLineCount(1);
      }
    }
  }

  @Test
  void refusesAPipeAsConfiguration() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path file : List.of(pipe, Path.of("/dev/zero"))) {
      Ran ran = runFile(file);
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains(file + ": error: is a pipe, socket or device, not a regular");
    }
  }
}
