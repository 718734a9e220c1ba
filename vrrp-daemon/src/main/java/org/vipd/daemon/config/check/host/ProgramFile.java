package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a program's file says: whether it is there, and what its first line asks for. */
public final class ProgramFile {

  private static final int FIRST_LINE = 256;

  private ProgramFile() {}

  /** Why there is nothing at a path; empty when there is something. */
  public static Optional<String> absence(Path path) {
    if (Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Files.isSymbolicLink(path)
              ? path + " is a link to " + Files.readSymbolicLink(path) + ", which does not exist"
              : path + " does not exist");
    } catch (IOException e) {
      // it went away since
      return Optional.of(path + " does not exist");
    }
  }

  /** That something is there which nobody can run; empty for a regular file, or when unknown. */
  public static Optional<String> irregularity(Path path) {
    try {
      return FileKind.irregular(path)
          .map(
              it ->
                  path + " is " + it + ", no program; put the program there, or correct the path");
    } catch (IOException e) {
      // cannot be looked at by whoever checks: then nothing is known
      return Optional.empty();
    }
  }

  /**
   * That a script asks for an interpreter that is not there; empty when it is, or none is asked.
   */
  public static Optional<String> missingInterpreter(Path path) {
    return interpreter(path).filter(it -> !Files.exists(Path.of(it))).map(it -> text(path, it));
  }

  private static String text(Path path, String interpreter) {
    return text(
        path, "asks for the interpreter " + interpreter + ", which does not exist", interpreter);
  }

  /** What a script lacks, and what mends it. */
  static String text(Path path, String lack, String interpreter) {
    String asks = path + " " + lack;
    return interpreter.endsWith("\r")
        ? asks.replace("\r", "\\r")
            + "; its lines end as on Windows, run: sed -i 's/\\r$//' "
            + path
        : asks + "; install it or correct the first line";
  }

  /** What the first line of a script names; empty for other programs. */
  static Optional<String> interpreter(Path path) {
    return firstLine(path).map(it -> it.split("[ \t]", 2)[0]);
  }

  /**
   * The program that a script has env(1) look for. The kernel hands all that stands behind env over
   * as one word, which only {@code -S} splits (execve(2)).
   */
  static Optional<String> wantedOfEnv(Path path) {
    String[] words = firstLine(path).orElse("").split("[ \t]+", 2);
    if (words.length < 2 || !words[0].endsWith("/env")) {
      return Optional.empty();
    }
    String rest = words[1].replaceFirst("[ \t]+$", "");
    String wanted = rest.startsWith("-S") ? rest.substring(2).strip().split("\\s", 2)[0] : rest;
    boolean isProgram = !wanted.isEmpty() && !wanted.startsWith("-") && wanted.indexOf('=') < 0;
    return isProgram ? Optional.of(wanted) : Optional.empty();
  }

  /** What stands behind {@code #!} when a path follows. */
  private static Optional<String> firstLine(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      String start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!")
          ? Optional.of(start.substring(2).split("\n", 2)[0].stripLeading())
              .filter(it -> it.startsWith("/"))
          : Optional.empty();
    } catch (IOException e) {
      // cannot be read by whoever checks: then nothing is known of its first line
      return Optional.empty();
    }
  }
}
