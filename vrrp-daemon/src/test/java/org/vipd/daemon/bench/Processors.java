package org.vipd.daemon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the processors have done since the machine was started, from the first line of {@code
 * /proc/stat}.
 *
 * @param idleTicks time without work
 * @param allTicks all time
 */
record Processors(long idleTicks, long allTicks) {

  private static final int IDLE_FIELD = 3;

  static Processors now() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      String first = lines.findFirst().orElseThrow().replace("cpu", "").strip();
      long[] ticks = Arrays.stream(first.split(" ", -1)).mapToLong(Long::parseLong).toArray();
      return new Processors(ticks[IDLE_FIELD], Arrays.stream(ticks).sum());
    } catch (IOException e) {
      throw new UncheckedIOException("read /proc/stat", e);
    }
  }

  /** The share of idle time since an earlier moment, 0..1. */
  double idleSince(Processors earlier) {
    long all = Math.max(1, allTicks - earlier.allTicks);
    return (double) (idleTicks - earlier.idleTicks) / all;
  }
}
