package org.vipd.daemon.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.vipd.daemon.boot.Daemon;

/**
 * The usual form of {@code vipd run}, understood without the option parser: preparing that takes as
 * long as everything else before the first packet. Whatever is not the usual form is left to it.
 *
 * @param file the configuration
 * @param runtimeDirectory for lock and control socket
 */
record QuickRun(Path file, Path runtimeDirectory) {

  private static final String COMMAND = "run";

  /** Returns what a command line means when it is {@code run} with plain options and values. */
  static Optional<QuickRun> of(String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals(COMMAND)) {
      return Optional.empty();
    }
    Optional<String> file = Optional.empty();
    Optional<String> directory = Optional.empty();
    for (int i = 1; i < arguments.length; i += 2) {
      Optional<String> value = Optional.of(arguments[i + 1]).filter(QuickRun::isPlain);
      boolean isFile = arguments[i].equals("-f") || arguments[i].equals("--file");
      boolean isDirectory = arguments[i].equals("--runtime-dir");
      if (value.isEmpty() || (isFile ? file : directory).isPresent() || isFile == isDirectory) {
        return Optional.empty();
      }
      file = isFile ? value : file;
      directory = isDirectory ? value : directory;
    }
    String there = directory.orElse(RunCommand.DEFAULT_RUNTIME_DIRECTORY);
    return file.flatMap(it -> of(it, there));
  }

  /** The parser may see an option, quotes or a file of arguments in anything else. */
  private static boolean isPlain(String value) {
    return value.matches("[A-Za-z0-9_./][A-Za-z0-9_./+:,=@-]*");
  }

  private static Optional<QuickRun> of(String file, String directory) {
    try {
      return Optional.of(new QuickRun(Path.of(file), Path.of(directory)));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Runs the daemon and returns its exit status. */
  int execute() {
    try {
      return new Daemon(file, runtimeDirectory, Version.text()).run();
    } catch (RuntimeException e) {
      System.err.println("vipd: unexpected failure: " + e);
      return 1;
    }
  }
}
