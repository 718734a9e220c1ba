package org.vipd.daemon.service;

import java.io.InputStream;
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
   * formats, a fifth of the time until the first packet. So are the searches of all jars for a
   * logger and for the logger's properties.
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
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(new NoFiles(loader));
    PrintStream plain = System.err;
    if (!underJournal) {
      // the logger keeps the stream that is there when it is made
      System.setErr(new StampedStream(plain, wallClock));
    }
    try {
      return logger.get();
    } finally {
      System.setErr(plain);
      thread.setContextClassLoader(loader);
    }
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Finds classes, but no file: what the logger needs is set above. */
  private static final class NoFiles extends ClassLoader {

    NoFiles(ClassLoader parent) {
      super(parent);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return InputStream.nullInputStream();
    }
  }
}
