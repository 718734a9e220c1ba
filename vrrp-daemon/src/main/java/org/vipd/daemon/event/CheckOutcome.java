package org.vipd.daemon.event;

import java.time.Duration;

/**
 * How one run of a check ended.
 *
 * @param kind how
 * @param code exit status, signal number, or 0
 * @param output the last {@value #OUTPUT_LIMIT} bytes of standard output and error, or why it could
 *     not be run
 * @param took from start to end
 */
public record CheckOutcome(Kind kind, int code, String output, Duration took) {

  /** Output beyond this many bytes is dropped, oldest first. */
  public static final int OUTPUT_LIMIT = 2048;

  /** Ways to end. */
  public enum Kind {
    EXITED,
    KILLED_BY_SIGNAL,
    TIMED_OUT,
    /** A question was answered without a process; code 0 when the answer was as expected. */
    ANSWERED,
    /** It could not be started. It counts as failed, unlike in keepalived. */
    UNRUNNABLE
  }

  /** Whether the output is what a script printed, and not what is said anyway. */
  public boolean hasPrinted() {
    return kind != Kind.UNRUNNABLE && kind != Kind.ANSWERED && !output.isBlank();
  }

  /** Exit status 0 in time. */
  public boolean passed() {
    return (kind == Kind.EXITED || kind == Kind.ANSWERED) && code == 0;
  }

  /**
   * {@code exit status 1}, {@code killed by signal 9}, {@code no result after 2.0 s}, {@code cannot
   * be run: ...}.
   */
  public String text() {
    return switch (kind) {
      case EXITED -> "exit status " + code;
      case KILLED_BY_SIGNAL -> "killed by signal " + code;
      case TIMED_OUT -> "no result after " + took.toMillis() / 1000.0 + " s";
      case ANSWERED -> output;
      case UNRUNNABLE -> "cannot be run: " + output;
    };
  }
}
