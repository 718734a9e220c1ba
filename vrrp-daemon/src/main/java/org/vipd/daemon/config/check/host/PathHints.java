package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.vipd.daemon.config.Similar;

/** What somebody may have meant by a path where there is nothing, or not what there should be. */
final class PathHints {

  /** No more names of a folder are looked at. */
  private static final int LOOKED_AT = 2_000;

  private static final int SHOWN = 3;
  private static final String SURE = "the path is right up to ";

  private PathHints() {}

  /** How far a path is right, and what follows there that is similar; empty when it is there. */
  static Optional<String> missing(Path path) {
    Path part = path.toAbsolutePath().normalize();
    Path missing = part;
    while (part != null && isMissing(part)) {
      missing = part;
      part = part.getParent();
    }
    if (part == null || missing.equals(part)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(part)) {
      return Optional.of(part + " is no folder");
    }
    Path folder = part;
    Optional<String> similar =
        Similar.to(missing.getFileName().toString(), names(folder, any -> true));
    return Optional.of(
        SURE
            + folder
            + similar.map(it -> "; " + Similar.question(folder.resolve(it).toString())).orElse(""));
  }

  /** Also below what is no folder. */
  private static boolean isMissing(Path path) {
    return Files.notExists(path)
        || (path.getParent() != null && Files.isRegularFile(path.getParent()));
  }

  /** The programs of a folder; empty when there are none. */
  static Optional<String> programs(Path folder) {
    List<String> names =
        names(folder, it -> Files.isRegularFile(it) && Files.isExecutable(it)).stream().toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "programs in it: "
                + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : ""));
  }

  private static SortedSet<String> names(Path folder, Predicate<Path> fits) {
    SortedSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      int count = 0;
      for (Path entry : entries) {
        if (++count > LOOKED_AT) {
          break;
        }
        if (fits.test(entry)) {
          names.add(entry.getFileName().toString());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // cannot be looked into by whoever checks: then nothing is proposed
      names.clear();
    }
    return names;
  }
}
