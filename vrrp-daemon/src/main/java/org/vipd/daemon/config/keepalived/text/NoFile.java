package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Why a path names no file: a symbolic link that leads nowhere, or a directory. */
public final class NoFile {

  /** As many as the kernel follows (path_resolution(7)). */
  private static final int LINKS_FOLLOWED = 40;

  private NoFile() {}

  /** What is wrong with a path that is such a link; empty when it is none, or leads somewhere. */
  public static Optional<String> of(Path path) {
    Path next = path;
    try {
      for (int i = 0; i <= LINKS_FOLLOWED; i++) {
        if (!Files.isSymbolicLink(next)) {
          // a pipe of /dev/fd is there, and its link reads as a name that is not
          return Files.exists(path) || next.equals(path)
              ? Optional.empty()
              : Optional.of("is a symbolic link to " + next + ", which does not exist");
        }
        next = next.resolveSibling(Files.readSymbolicLink(next));
      }
      return Optional.of("is a symbolic link that leads in a circle");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The same of a name in a directory, said at the end of a sentence that names it. */
  public static String remark(Path directory, String name) {
    try {
      Path path = directory.resolve(name);
      return Files.isDirectory(path)
          ? ": it is a directory, whose files are " + name.replaceFirst("/*$", "/*")
          : of(path).map(text -> ": it " + text).orElse("");
    } catch (InvalidPathException e) {
      return "";
    }
  }
}
