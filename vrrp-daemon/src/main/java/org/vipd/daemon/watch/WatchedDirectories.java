package org.vipd.daemon.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.vipd.daemon.port.WatchPort;

/**
 * The directories of the tracked files. The kernel watches a directory, not its name: where a link
 * was turned, or a directory above it replaced, it tells nothing.
 */
final class WatchedDirectories {

  private final WatchPort watch;

  /** What each name led to when it was watched; empty for nothing. */
  private final Map<String, Optional<Object>> identities = new TreeMap<>();

  private Set<String> unwatched = Set.of();

  WatchedDirectories(WatchPort watch) {
    this.watch = watch;
  }

  /** Watches these, and no others. */
  void watch(Collection<Path> directories) {
    identities.clear();
    directories.forEach(it -> identities.put(it.toString(), identity(it)));
    unwatched = watch.watchDirectories(identities.keySet());
  }

  /** Whether one cannot be watched, or its name leads to another directory than when it was. */
  boolean haveChanged() {
    return !unwatched.isEmpty()
        || identities.entrySet().stream()
            .anyMatch(it -> !it.getValue().equals(identity(Path.of(it.getKey()))));
  }

  private static Optional<Object> identity(Path directory) {
    try {
      return Optional.ofNullable(
          Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
