package org.vipd.protocol.machine;

/**
 * When an Active router announces its addresses by gratuitous ARP and unsolicited NA.
 *
 * @param repeat announcements per address on becoming Active, 1 or more
 * @param delayNanos time until the same again, 0 for never
 * @param refreshNanos period of refreshing announcements, 0 for never
 * @param refreshRepeat announcements per address in each refresh, 1 or more
 * @param rival what to do on hearing another router
 */
public record AnnouncePolicy(
    int repeat, long delayNanos, long refreshNanos, int refreshRepeat, Rival rival) {
  private static final long FIVE_SECONDS = 5_000_000_000L;

  /** Five at once, five more after 5 s, and the same after hearing another router. */
  public static final AnnouncePolicy DEFAULT =
      new AnnouncePolicy(5, FIVE_SECONDS, 0, 1, new Rival(5, FIVE_SECONDS));

  /** Refuses negative times and counts below 1 with {@link IllegalArgumentException}. */
  public AnnouncePolicy {
    if (repeat < 1 || refreshRepeat < 1 || delayNanos < 0 || refreshNanos < 0) {
      throw new IllegalArgumentException(
          "announcements need counts of 1 or more and times of 0 or more, got repeat "
              + repeat
              + ", delay "
              + delayNanos
              + " ns, refresh "
              + refreshNanos
              + " ns, refresh repeat "
              + refreshRepeat);
    }
  }

  /** Announcements after hearing a router that should not be Active; 0 for none. */
  public int lowerPriorityRepeat() {
    return rival.repeat();
  }

  /** Time until those are repeated, 0 for never. */
  public long lowerPriorityDelayNanos() {
    return rival.delayNanos();
  }

  /**
   * Announcements after hearing another router that claims the same addresses: hosts may have
   * learned it.
   *
   * @param repeat announcements per address, 0 for none
   * @param delayNanos time until the same again, 0 for never
   */
  public record Rival(int repeat, long delayNanos) {
    /** Refuses negative numbers with {@link IllegalArgumentException}. */
    public Rival {
      if (repeat < 0 || delayNanos < 0) {
        throw new IllegalArgumentException(
            "announcements on a rival need numbers of 0 or more, got repeat "
                + repeat
                + " and delay "
                + delayNanos
                + " ns");
      }
    }
  }
}
