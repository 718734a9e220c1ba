package org.vipd.daemon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vipd.daemon.it.Launched;

/** Processor time of a program with its child processes, from {@code /proc/PID/stat}. */
final class ProcessTime {

  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_FIELD = 11;
  private static final int SYSTEM_FIELD = 12;

  private ProcessTime() {}

  /** Seconds in user and system mode so far; resolution 10 ms. */
  static double seconds(Launched process) {
    return Stream.concat(
                Stream.of(process.pid()),
                ProcessHandle.of(process.pid()).stream()
                    .flatMap(ProcessHandle::descendants)
                    .map(ProcessHandle::pid))
            .mapToDouble(ProcessTime::ticks)
            .sum()
        / TICKS_PER_SECOND;
  }

  private static double ticks(long pid) {
    Path path = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String text = Files.readString(path);
      // The name of the program, in parentheses, may contain blanks.
      List<String> fields = List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
      return Double.parseDouble(fields.get(USER_FIELD))
          + Double.parseDouble(fields.get(SYSTEM_FIELD));
    } catch (IOException e) {
      throw new UncheckedIOException("read " + path, e);
    }
  }
}
