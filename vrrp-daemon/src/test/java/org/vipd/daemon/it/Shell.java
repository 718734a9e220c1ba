package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs commands to their end. */
public final class Shell {

  /**
   * How a command ended.
   *
   * @param code exit status
   * @param output standard output and standard error together
   */
  public record Result(int code, String output) {}

  private Shell() {}

  /** Runs a command that must succeed and returns what it printed. */
  public static String run(String... command) {
    Result result = execute(List.of(command), Map.of());
    if (result.code() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + ": exit status " + result.code() + ": " + result.output());
    }
    return result.output();
  }

  /** Runs a command and returns how it ended. */
  public static Result execute(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + String.join(" ", command), e);
    }
  }
}
