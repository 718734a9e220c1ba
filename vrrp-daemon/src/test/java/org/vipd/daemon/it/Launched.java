package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a test started; everything it prints goes to a file. */
public final class Launched implements AutoCloseable {

  private final String label;
  private final Process process;
  private final Path output;
  private final long outputStart;
  private final boolean isWrapped;

  private Launched(
      String label, Process process, Path output, long outputStart, boolean isWrapped) {
    this.label = label;
    this.process = process;
    this.output = output;
    this.outputStart = outputStart;
    this.isWrapped = isWrapped;
  }

  /**
   * Starts a command.
   *
   * @param isWrapped whether the command only waits for a single child, which is the one meant
   */
  static Launched start(
      List<String> command, Map<String, String> environment, Path output, boolean isWrapped) {
    // whoever runs the tests with nohup ignores SIGHUP, and what they start would ignore it, too
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP"));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      long before = Files.exists(output) ? Files.size(output) : 0;
      Process process = builder.start();
      process.getOutputStream().close();
      return new Launched(String.join(" ", command), process, output, before, isWrapped);
    } catch (IOException e) {
      throw new UncheckedIOException("start " + String.join(" ", command), e);
    }
  }

  /** The process id that signals go to. */
  public long pid() {
    if (!isWrapped) {
      return process.pid();
    }
    Await.until(
        label + " has its child",
        Await.GENEROUS,
        () -> !process.isAlive() || process.children().findAny().isPresent(),
        this::output);
    return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  /** What it has printed so far. */
  public String output() {
    try {
      byte[] all = Files.readAllBytes(output);
      int from = (int) Math.min(outputStart, all.length);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a signal by its name without SIG. */
  public void signal(String name) {
    Shell.run("kill", "-" + name, Long.toString(pid()));
  }

  /** Ends it with SIGKILL and waits until it is gone. */
  public void kill() {
    if (process.isAlive()) {
      List<ProcessHandle> tree = process.descendants().toList();
      tree.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    awaitExit();
  }

  /** Waits for its end and returns its exit status; 128 + number for a signal. */
  public int awaitExit() {
    return awaitExit(Await.GENEROUS);
  }

  /** Waits for its end and returns its exit status; 128 + number for a signal. */
  public int awaitExit(Duration bound) {
    try {
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "still running after " + bound.toSeconds() + " s: " + label + "\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + label, e);
    }
  }

  /** Waits until it has printed a text. */
  public void awaitOutput(String text) {
    Await.until(
        label + " prints '" + text + "'",
        Await.GENEROUS,
        () -> output().contains(text),
        this::output);
  }

  @Override
  public void close() {
    kill();
  }
}
