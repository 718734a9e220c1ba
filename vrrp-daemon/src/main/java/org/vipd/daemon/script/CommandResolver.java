package org.vipd.daemon.script;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.FileName;
import org.vipd.daemon.config.check.host.ProgramFile;
import org.vipd.daemon.config.check.host.ScriptGuard;

/**
 * Finds what to execute for a command line. No shell is involved when the first word is a program;
 * a first word that only a shell understands goes to {@code /bin/sh -c}.
 */
final class CommandResolver {

  /** What a resolution gives. */
  sealed interface Resolution {

    /** Arguments for exec; the first is an absolute path. */
    record Found(List<String> argv) implements Resolution {}

    /** Why it cannot be run, and what to do. */
    record NotFound(String reason) implements Resolution {}
  }

  private static final String SHELL = "/bin/sh";

  private final ScriptGuard guard = new ScriptGuard();
  private final List<Path> searchPath;

  /**
   * A resolver for bare program names.
   *
   * @param searchPath directories separated by colons
   */
  CommandResolver(String searchPath) {
    this.searchPath = List.of(searchPath.split(":")).stream().map(Path::of).toList();
  }

  /** Finds the program of a command. */
  Resolution resolve(CommandConfig command) {
    Resolution resolution = find(command);
    if (resolution instanceof Resolution.Found found && command.isGuardedAsRoot()) {
      return guard
          .objection(Path.of(found.argv().get(0)))
          .<Resolution>map(Resolution.NotFound::new)
          .orElse(found);
    }
    return resolution;
  }

  private Resolution find(CommandConfig command) {
    List<String> words = command.words();
    String first = words.get(0);
    if (first.indexOf('/') < 0) {
      return resolveName(command);
    }
    if (command.isForShell() && !first.startsWith("/")) {
      return shell(command);
    }
    Optional<String> objection = FileName.objection(first);
    if (objection.isPresent()) {
      return new Resolution.NotFound(objection.get() + "; " + FileName.HINT);
    }
    Path path = Path.of(first).toAbsolutePath();
    Optional<String> unfit = ProgramFile.absence(path).or(() -> ProgramFile.irregularity(path));
    if (unfit.isPresent()) {
      return new Resolution.NotFound(unfit.get());
    }
    if (!Files.isExecutable(path)) {
      return new Resolution.NotFound(
          path + " is not executable for this user; run: chmod +x " + path);
    }
    return withProgram(path, words);
  }

  private Resolution resolveName(CommandConfig command) {
    List<String> words = command.words();
    String name = words.get(0);
    Optional<String> objection = FileName.objection(name);
    if (objection.isPresent() && !command.isForShell()) {
      return new Resolution.NotFound(objection.get() + "; " + FileName.HINT);
    }
    for (Path directory : objection.isPresent() ? List.<Path>of() : searchPath) {
      Path candidate = directory.resolve(name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return withProgram(candidate, words);
      }
    }
    if (command.isForShell()) {
      return shell(command);
    }
    return new Resolution.NotFound(
        "no program '" + name + "' in " + searchPath + "; install it or write its full path");
  }

  private static Resolution withProgram(Path program, List<String> words) {
    Optional<String> missing = ProgramFile.missingInterpreter(program);
    if (missing.isPresent()) {
      return new Resolution.NotFound(missing.get());
    }
    List<String> argv = new ArrayList<>(words);
    argv.set(0, program.toString());
    return new Resolution.Found(argv);
  }

  private static Resolution shell(CommandConfig command) {
    return new Resolution.Found(List.of(SHELL, "-c", command.text()));
  }
}
