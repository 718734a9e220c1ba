package org.vipd.daemon.config;

import java.util.Locale;
import java.util.Optional;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.VrrpVersion;

/**
 * How long the kernel keeps the virtual addresses of an Active after they were refreshed, which
 * happens right after an advertisement. A daemon that is dead or hangs does not refresh them.
 *
 * @param seconds whole seconds, which is what the kernel counts in; 0 keeps them until they are
 *     removed
 */
public record Lease(int seconds) {

  /** The addresses stay until somebody removes them, also after the death of the daemon. */
  public static final Lease OFF = new Lease(0);

  /** Shorter leases than this end in pauses that harm nobody. */
  private static final int SHORTEST_DEFAULT = 3;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Skew of the most impatient Backup, which has priority 254 (RFC 9568 section 6.1). */
  private static final int SHORTEST_SKEW_STEPS = 2;

  private static final int SKEW_STEPS = 256;

  /**
   * How long a Backup waits, as far as this node knows: all nodes should be configured alike.
   *
   * @param version of the protocol
   * @param interval of the Active
   * @param missed advertisements until the Active is taken for dead, 3 by RFC
   */
  public record Patience(VrrpVersion version, AdvertInterval interval, int missed) {

    private static final int BY_RFC = 3;

    /** That of the RFC. */
    public Patience(VrrpVersion version, AdvertInterval interval) {
      this(version, interval, BY_RFC);
    }

    private boolean isShortened() {
      return missed < BY_RFC;
    }

    private long skewNanos() {
      long base = version == VrrpVersion.V2 ? NANOS_PER_SECOND : interval.nanos();
      return SHORTEST_SKEW_STEPS * base / SKEW_STEPS;
    }

    private long nanos() {
      return missed * interval.nanos() + skewNanos();
    }
  }

  public Lease {
    if (seconds < 0) {
      throw new IllegalArgumentException("a lease has 0 seconds or more, got " + seconds);
    }
  }

  /**
   * The longest lease that ends before a Backup may claim: three intervals and the shortest skew,
   * in whole seconds; three seconds for shorter intervals. When fewer than three advertisements
   * need to be missed, as many seconds as fit, if those are enough to refresh in.
   */
  public static Lease longest(Patience patience) {
    int whole = (int) (patience.nanos() / NANOS_PER_SECOND);
    boolean isEnough = whole >= shortest(patience.interval()).seconds();
    return new Lease(
        patience.isShortened() && isEnough ? whole : Math.max(SHORTEST_DEFAULT, whole));
  }

  /** The shortest lease that does not end between two refreshes. */
  public static Lease shortest(AdvertInterval interval) {
    return new Lease((int) (refreshNanos(interval) / NANOS_PER_SECOND) + 1);
  }

  /** Why a lease cannot be used with an interval, in words for the operator. */
  public static Optional<String> objection(int seconds, Patience patience) {
    AdvertInterval interval = patience.interval();
    int longest = longest(patience).seconds();
    int shortest = shortest(interval).seconds();
    if (seconds > longest) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "a lease of %d s is too long: after the last advertisement a Backup may claim the"
                  + " addresses in %d x %s s + %s s (skew of priority 254) = %s s, so this node"
                  + " could still have them; the longest is %d s",
              seconds,
              patience.missed(),
              text(interval.nanos()),
              text(patience.skewNanos()),
              text(patience.nanos()),
              longest));
    }
    if (seconds < shortest) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "a lease of %d s is too short: it is refreshed every %s s, so a healthy node would"
                  + " lose its addresses; the shortest is %d s",
              seconds,
              text(refreshNanos(interval)),
              shortest));
    }
    return Optional.empty();
  }

  /** Whether the kernel takes the addresses away by itself. */
  public boolean isOn() {
    return seconds > 0;
  }

  /** Its length; {@link Long#MAX_VALUE} without one. */
  public long nanos() {
    return isOn() ? seconds * NANOS_PER_SECOND : Long.MAX_VALUE;
  }

  /** After each advertisement, but not more often than once a second. */
  private static long refreshNanos(AdvertInterval interval) {
    long advertisements = (NANOS_PER_SECOND + interval.nanos() - 1) / interval.nanos();
    return advertisements * interval.nanos();
  }

  private static String text(long nanos) {
    String exact = String.format(Locale.ROOT, "%.3f", (double) nanos / NANOS_PER_SECOND);
    return exact.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Lease that && seconds == that.seconds);
  }

  @Override
  public int hashCode() {
    return seconds;
  }
}
