package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.keepalived.text.IncludePolicy.Demand;

/** The files that one {@code include} line names, checked against what is demanded of it. */
final class Includes {

  private final Problems problems;
  private final Word pattern;
  private final IncludePolicy policy;
  private boolean hasSkipped;

  Includes(Problems problems, Word pattern, IncludePolicy policy) {
    this.problems = problems;
    this.pattern = pattern;
    this.policy = policy;
  }

  /** The files in order; those that keepalived would skip are left out. */
  List<Path> files(Path directory) {
    List<Path> found = new ArrayList<>();
    boolean isReported = false;
    for (String alternative : FilePattern.alternatives(pattern.text())) {
      List<Path> files = usable(directory, alternative);
      boolean demanded =
          (policy.demands(Demand.WILDCARD_MATCH) && FilePattern.hasWildcards(alternative))
              || (policy.demands(Demand.BRACE_MATCH) && !alternative.equals(pattern.text()));
      if (files.isEmpty() && demanded && !(hasSkipped && policy.demands(Demand.READ))) {
        problems.error(
            pattern.place(),
            noFile(directory, alternative),
            "create the file or delete the include");
        isReported = true;
      }
      found.addAll(files);
    }
    if (!found.isEmpty()) {
      reportQuotes();
    } else if (!isReported) {
      reportNoFile(directory);
    }
    return found;
  }

  private void reportQuotes() {
    if (pattern.isQuoted()) {
      problems.warning(
          pattern.place(),
          "the quotes around "
              + pattern.text()
              + " are left out; keepalived would look for a file with quotes in its name",
          "write the path without quotes");
    }
  }

  private void reportNoFile(Path directory) {
    if (hasSkipped && (policy.demands(Demand.READ) || !policy.demands(Demand.MATCH))) {
      return;
    }
    if (policy.demands(Demand.MATCH)) {
      problems.error(
          pattern.place(),
          noFile(directory, pattern.text()),
          "create the file or delete the include");
    } else {
      problems.warning(
          pattern.place(),
          noFile(directory, pattern.text()) + ", and nothing is included",
          "is the path right? includem makes this an error");
    }
  }

  /** A relative path begins where the file is that includes, which not everybody expects. */
  private String noFile(Path directory, String pattern) {
    return "include "
        + pattern
        + (hasSkipped ? " matches only files that are skipped" : " matches no file")
        + (pattern.startsWith("/") ? "" : " in " + directory)
        + NoFile.remark(directory, pattern);
  }

  private List<Path> usable(Path directory, String alternative) {
    try {
      List<Path> files = new ArrayList<>();
      for (Path path : FilePattern.matches(directory, alternative)) {
        if (isUsable(path)) {
          files.add(path);
        }
      }
      return files;
    } catch (IOException e) {
      problems.error(
          pattern.place(), "include " + alternative + " cannot be searched: " + Obstacle.of(e), "");
      return List.of();
    }
  }

  private boolean isUsable(Path path) {
    boolean isFile = Files.isRegularFile(path);
    if (isFile && mayExecute(path)) {
      reportExecutable(path);
      return false;
    }
    return isFile || Files.isSymbolicLink(path);
  }

  /** keepalived does not start when the file is one that has to be readable. */
  private void reportExecutable(Path path) {
    hasSkipped = true;
    String hint = "run: chmod a-x " + path;
    if (policy.demands(Demand.READ)) {
      problems.error(
          pattern.place(),
          "included file " + path + " is executable, and keepalived does not start with such a one",
          hint);
    } else {
      problems.warning(
          pattern.place(),
          "included file " + path + " is executable and therefore skipped, as in keepalived",
          hint);
    }
  }

  /** Whether anyone may execute it: access rights of root would say yes for no reason. */
  private static boolean mayExecute(Path path) {
    try {
      return Files.getPosixFilePermissions(path, new LinkOption[0]).stream()
          .anyMatch(permission -> permission.name().endsWith("EXECUTE"));
    } catch (IOException e) {
      // reading it will tell why
      return false;
    }
  }
}
