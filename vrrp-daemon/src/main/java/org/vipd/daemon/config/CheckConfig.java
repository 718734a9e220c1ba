package org.vipd.daemon.config;

import java.time.Duration;

/**
 * A health check that runs a script.
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param command what is run
 * @param schedule how often, and how long it may take
 * @param thresholds how many results in a row count
 * @param weight default weight, -253..253; 0 means that failure puts the instance into FAULT
 * @param isReversed whether the meaning of the weight is turned round
 */
public record CheckConfig(
    String name,
    Place place,
    CommandConfig command,
    Schedule schedule,
    Thresholds thresholds,
    int weight,
    boolean isReversed) {

  /** The same check at another place of the file. */
  public CheckConfig at(Place other) {
    return new CheckConfig(name, other, command, schedule, thresholds, weight, isReversed);
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
