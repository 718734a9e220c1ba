package org.vipd.daemon.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.probe.Probe;

/**
 * A health check: a script, or a question that the daemon asks itself.
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param command what is run; for a probe its text, which is not run
 * @param schedule how often, and how long it may take
 * @param thresholds how many results in a row count
 * @param weight default weight, -253..253; 0 means that failure puts the instance into FAULT
 * @param isReversed whether the meaning of the weight is turned round
 * @param probe what is asked without a script; empty for a script
 */
public record CheckConfig(
    String name,
    Place place,
    CommandConfig command,
    Schedule schedule,
    Thresholds thresholds,
    int weight,
    boolean isReversed,
    Optional<Probe> probe) {

  /** A check that runs a script. */
  public CheckConfig(
      String name,
      Place place,
      CommandConfig command,
      Schedule schedule,
      Thresholds thresholds,
      int weight,
      boolean isReversed) {
    this(name, place, command, schedule, thresholds, weight, isReversed, Optional.empty());
  }

  /** What stands in place of a command when a question is asked; it is not run. */
  public static CommandConfig asked(Probe probe) {
    return new CommandConfig(probe.text(), List.of(probe.text()));
  }

  /** The same check at another place of the file. */
  public CheckConfig at(Place other) {
    return new CheckConfig(name, other, command, schedule, thresholds, weight, isReversed, probe);
  }

  /** The same check at another interval. */
  public CheckConfig every(Duration interval) {
    Schedule other = new Schedule(interval, schedule.timeout());
    return new CheckConfig(name, place, command, other, thresholds, weight, isReversed, probe);
  }

  /**
   * When a check runs.
   *
   * @param interval from start to start, more than zero
   * @param timeout after which the run is ended and counts as failed, more than zero
   */
  public record Schedule(Duration interval, Duration timeout) {
    public Schedule {
      if (interval.isNegative() || interval.isZero() || timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException(
            "interval and timeout must be more than zero: " + interval + ", " + timeout);
      }
    }
  }

  /**
   * How many results in a row change the verdict.
   *
   * @param rise successes until good, at least 1
   * @param fall failures until bad, at least 1
   */
  public record Thresholds(int rise, int fall) {
    public Thresholds {
      if (rise < 1 || fall < 1) {
        throw new IllegalArgumentException(
            "rise and fall must be at least 1: " + rise + ", " + fall);
      }
    }
  }
}
