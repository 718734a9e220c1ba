package org.vipd.daemon.config.track;

import java.time.Duration;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.Place;

/**
 * Processes of which enough must run.
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param command program and arguments that are looked for
 * @param match how they are compared
 * @param quorum how many must run
 * @param delays how long a change must last
 * @param weight -254..254; 0 means that too few put the instance into FAULT
 * @param isReversed whether the weight is turned round
 */
public record ProcessTracker(
    String name,
    Place place,
    CommandConfig command,
    Match match,
    Quorum quorum,
    Delays delays,
    int weight,
    boolean isReversed) {

  /**
   * How processes are compared.
   *
   * @param parameters how their arguments are
   * @param usesFullCommand whether the command line counts, not the name that the kernel keeps
   */
  public record Match(Parameters parameters, boolean usesFullCommand) {}

  /** How arguments are compared. */
  public enum Parameters {
    /** Not at all, unless the command has some. */
    AUTOMATIC,
    /** All, and no others. */
    EXACT,
    /** The first ones, of which the last may be longer. */
    INITIAL,
    /** The first ones. */
    PARTIAL
  }

  /**
   * How many processes must run.
   *
   * @param lowest 0..65535
   * @param highest 0..65535; 0 together with a lowest of 0 means that none may run
   */
  public record Quorum(int lowest, int highest) {

    /** One or more. */
    public static final Quorum ONE = new Quorum(1, 65_535);
  }

  /**
   * How long a change must last until it counts.
   *
   * @param fork after a process that counts made another, zero or more
   * @param terminate after a process ended, zero or more
   */
  public record Delays(Duration fork, Duration terminate) {

    /** At once. */
    public static final Delays NONE = new Delays(Duration.ZERO, Duration.ZERO);
  }
}
