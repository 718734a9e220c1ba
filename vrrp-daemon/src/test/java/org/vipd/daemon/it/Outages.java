package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Prints how long clients went without answers, and keeps it in {@code target/outages.txt}. */
final class Outages {

  private static final double NANOS_PER_SECOND = 1e9;

  private final String scenario;

  Outages(String scenario) {
    this.scenario = scenario;
  }

  void report(String event, long gapNanos) {
    String line =
        String.format(
            Locale.ROOT,
            "%s: %s: longest time without an answer %.2f s%n",
            scenario,
            event,
            gapNanos / NANOS_PER_SECOND);
    System.out.print(line);
    Path file = Distribution.target().resolve("outages.txt");
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("write " + file, e);
    }
  }
}
