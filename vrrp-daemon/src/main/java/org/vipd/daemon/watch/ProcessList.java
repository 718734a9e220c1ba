package org.vipd.daemon.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of this machine, from {@code /proc}. A process may end while it is looked at. */
public final class ProcessList {

  private final Path proc;

  /**
   * The processes of one proc file system.
   *
   * @param proc where it is
   */
  public ProcessList(Path proc) {
    this.proc = proc;
  }

  /** All process ids. */
  public List<Integer> all() {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path path : found) {
        pids.add(Integer.valueOf(path.getFileName().toString()));
      }
    } catch (IOException | NumberFormatException | java.nio.file.DirectoryIteratorException e) {
      // what was found so far is all there is
      return pids;
    }
    return pids;
  }

  /** Whether a process matches now. */
  boolean matches(int pid, ProcessPattern pattern) {
    return pattern.matches(name(pid), arguments(pid)) && runs(pid);
  }

  /** Its name as the kernel keeps it, at most 15 characters; empty when it has ended. */
  public String name(int pid) {
    return text(pid, "comm").strip();
  }

  /** Its arguments with the program; empty for kernel threads and processes that have ended. */
  public List<String> arguments(int pid) {
    String line = text(pid, "cmdline");
    String ended = line.endsWith("\0") ? line.substring(0, line.length() - 1) : line;
    return ended.isEmpty() ? List.of() : List.of(ended.split("\0", -1));
  }

  /** Whether it has not ended; one that ended keeps its name until its parent has asked for it. */
  public boolean runs(int pid) {
    String status = text(pid, "stat");
    int end = status.lastIndexOf(')');
    return end >= 0 && !status.startsWith(" Z", end + 1) && !status.startsWith(" X", end + 1);
  }

  private String text(int pid, String file) {
    try {
      return Files.readString(
          proc.resolve(Integer.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
