package org.vipd.daemon.cli;

/** Sets the form of log lines before the first one is written. */
final class LogFormat {

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private LogFormat() {}

  /**
   * Time, level and text on standard error; no time under the systemd journal, which has its own.
   */
  static void apply() {
    boolean underJournal = System.getenv("JOURNAL_STREAM") != null;
    setDefault("logFile", "System.err");
    setDefault("showDateTime", Boolean.toString(!underJournal));
    setDefault("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    setDefault("showThreadName", "false");
    setDefault("showLogName", "false");
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(PREFIX + key) == null) {
      System.setProperty(PREFIX + key, value);
    }
  }
}
