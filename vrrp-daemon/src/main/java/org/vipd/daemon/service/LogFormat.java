package org.vipd.daemon.service;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Sets the form of log lines while the logger is made. */
final class LogFormat {

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private LogFormat() {}

  /**
   * Time, level and text on standard error; no time under the systemd journal, which has its own.
   *
   * <p>The logger's own stamps are left off: its date format loads locales, time zones and number
   * formats, a fifth of the time until the first packet. So is the search of all jars for a logger.
   */
  static <T> T applyTo(Supplier<T> logger, InstantSource wallClock) {
    boolean underJournal = System.getenv("JOURNAL_STREAM") != null;
    setDefault("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
    setDefault("slf4j.internal.verbosity", "WARN");
    setDefault(PREFIX + "logFile", "System.err");
    setDefault(PREFIX + "cacheOutputStream", "true");
    setDefault(PREFIX + "showDateTime", "false");
    setDefault(PREFIX + "showThreadName", "false");
    setDefault(PREFIX + "showLogName", "false");
    PrintStream plain = System.err;
    if (!underJournal) {
      // the logger keeps the stream that is there when it is made
      System.setErr(new StampedStream(plain, wallClock));
    }
    try {
      return logger.get();
    } finally {
      System.setErr(plain);
    }
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
