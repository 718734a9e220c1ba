package org.vipd.daemon.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of this machine, from {@code /proc}. A process may end while it is looked at. */
final class ProcessList {

  private static final Path ROOT = Path.of("/proc");

  /** All process ids. */
  List<Integer> all() {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(ROOT, "[1-9]*")) {
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
    List<String> arguments = arguments(pid);
    return pattern.matches(text(pid, "comm").strip(), arguments) && !isZombie(pid);
  }

  private static List<String> arguments(int pid) {
    String line = text(pid, "cmdline");
    String ended = line.endsWith("\0") ? line.substring(0, line.length() - 1) : line;
    return ended.isEmpty() ? List.of() : List.of(ended.split("\0", -1));
  }

  private static boolean isZombie(int pid) {
    String status = text(pid, "stat");
    int end = status.lastIndexOf(')');
    return end < 0 || status.startsWith(" Z", end + 1);
  }

  private static String text(int pid, String file) {
    try {
      return Files.readString(
          ROOT.resolve(Integer.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
