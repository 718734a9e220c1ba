package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A control group of the kernel for one purpose, of either version. Closing it moves its processes
 * to the one above.
 */
final class ControlGroup implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String PROCESSES = "cgroup.procs";

  private final Path directory;
  private final boolean isFirstVersion;

  private ControlGroup(Path directory, boolean isFirstVersion) {
    this.directory = directory;
    this.isFirstVersion = isFirstVersion;
  }

  /**
   * Makes one; empty where that is not permitted, or the kernel has no such controller.
   *
   * @param controller {@code freezer} or {@code memory}
   */
  static Optional<ControlGroup> create(String controller, String name) {
    Path first = ROOT.resolve(controller);
    boolean isFirstVersion = Files.exists(first.resolve(PROCESSES));
    Path parent = isFirstVersion ? first : ROOT;
    Path directory = parent.resolve(name);
    String file = fileOf(controller, isFirstVersion);
    try {
      Files.createDirectory(directory);
      if (Files.exists(directory.resolve(file))) {
        return Optional.of(new ControlGroup(directory, isFirstVersion));
      }
      Files.delete(directory);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String fileOf(String controller, boolean isFirstVersion) {
    if (controller.equals("freezer")) {
      return isFirstVersion ? "freezer.state" : "cgroup.freeze";
    }
    return isFirstVersion ? "memory.limit_in_bytes" : "memory.max";
  }

  /** Moves a process into it. */
  void add(long pid) {
    write(PROCESSES, Long.toString(pid));
  }

  /** Stops all its processes at once, or lets them go on. */
  void freeze(boolean isFrozen) {
    String value = isFirstVersion ? (isFrozen ? "FROZEN" : "THAWED") : (isFrozen ? "1" : "0");
    write(fileOf("freezer", isFirstVersion), value);
  }

  /**
   * What its processes may have of memory that they get from now on. While it has none, the kernel
   * does not refuse.
   */
  void limitMemory(long bytes) {
    write(fileOf("memory", isFirstVersion), Long.toString(bytes));
  }

  private void write(String file, String value) {
    try {
      Files.writeString(directory.resolve(file), value);
    } catch (IOException e) {
      throw new UncheckedIOException("write " + value + " to " + directory.resolve(file), e);
    }
  }

  /** Those that live go back to where they came from. */
  private boolean isEmpty() {
    try {
      List<String> members = Files.readAllLines(directory.resolve(PROCESSES));
      for (String pid : members) {
        Files.writeString(directory.resolveSibling(PROCESSES), pid);
      }
      return members.isEmpty();
    } catch (IOException e) {
      // one that has just ended
      return false;
    }
  }

  /** Removes it, without its processes. */
  @Override
  public void close() {
    Await.until("nobody is in " + directory, this::isEmpty);
    try {
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("remove " + directory, e);
    }
  }
}
