package org.vipd.daemon.runtime;

import org.vipd.daemon.config.InstanceConfig;
import org.vipd.protocol.machine.Active;
import org.vipd.protocol.machine.RouterState;
import org.vipd.protocol.value.AddressFamily;

/**
 * When a router that has leases advertises: shortly before each whole second of the monotonic
 * clock, so that the leases of all routers of this host are refreshed in one moment and end in one
 * moment. The kernel looks for addresses to remove at most once a second ({@code check_lifetime} of
 * net/ipv4/devinet.c): whatever ends at another time than the first goes late. See
 * docs/decisions/0036-leases-end-together.md.
 *
 * <p>A router that advertises at other times does it early, once. Routers advertise one after
 * another, in the order of their VRIDs: hundreds of packets at once overflow the socket buffers of
 * those who listen.
 */
final class Cadence {

  /** Advertisements in so long before a whole second are refreshed for on the second. */
  private static final long WINDOW_NANOS = 80_000_000L;

  /**
   * The kernel takes what ends up to 20 ms after another with it (ADDRCONF_TIMER_FUZZ_MINUS); half
   * of that is for the ticks in which it counts.
   */
  private static final long TOGETHER_NANOS = 10_000_000L;

  /** More IPv6 addresses than this take too long to be refreshed with those of other routers. */
  private static final int FEW = 4;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long LAST_PLACE_NANOS = 2_000_000L;
  private static final long PLACE_NANOS = 300_000L;

  private final long placeNanos;
  private final boolean isWanted;
  private final long intervalNanos;
  private long earlyAtNanos = Long.MAX_VALUE;

  /** That of a router; one without leases, or that cannot keep step, is left alone. */
  Cadence(InstanceConfig config) {
    this.intervalNanos = config.election().interval().nanos();
    this.placeNanos = LAST_PLACE_NANOS + config.key().vrid().value() * PLACE_NANOS;
    this.isWanted =
        config.election().lease().isOn()
            && (intervalNanos % SECOND_NANOS == 0 || SECOND_NANOS % intervalNanos == 0)
            && isQuick(config);
  }

  private static boolean isQuick(InstanceConfig config) {
    return config.addresses().stream()
            .filter(it -> it.address().family() == AddressFamily.IPV6)
            .count()
        <= FEW;
  }

  /** Whether the router keeps step with the others. */
  boolean isWanted() {
    return isWanted;
  }

  /** When addresses are refreshed for which an advertisement was sent at a time. */
  long refreshAtNanos(long advertisedNanos) {
    if (!isWanted) {
      return advertisedNanos;
    }
    long untilSecond = SECOND_NANOS - Math.floorMod(advertisedNanos, SECOND_NANOS);
    return untilSecond <= WINDOW_NANOS ? advertisedNanos + untilSecond : advertisedNanos;
  }

  /** Whether leases that begin at a time end together with those of other routers. */
  static boolean isOnTheSecond(long nanos) {
    return Math.floorMod(nanos, SECOND_NANOS) < TOGETHER_NANOS;
  }

  /** Takes note of the state of the router, and with it of when it advertises next. */
  void follow(RouterState state, long nowNanos) {
    earlyAtNanos = Long.MAX_VALUE;
    if (isWanted && state instanceof Active active && !isInPlace(active.advertiseAtNanos())) {
      long lastNanos = active.advertiseAtNanos() - intervalNanos;
      long early = placeAfter(lastNanos);
      // a place that has long passed, before a reload, is of no use; one that is due stays
      early = early < nowNanos - TOGETHER_NANOS ? placeAfter(nowNanos) : early;
      // of several advertisements in a second one is brought forward
      earlyAtNanos = early < active.advertiseAtNanos() ? early : Long.MAX_VALUE;
    }
  }

  private long placeAfter(long nanos) {
    return nanos + SECOND_NANOS - Math.floorMod(nanos + placeNanos, SECOND_NANOS);
  }

  private boolean isInPlace(long dueNanos) {
    long periodNanos = Math.min(intervalNanos, SECOND_NANOS);
    long behind = Math.floorMod(dueNanos, periodNanos);
    return behind < TOGETHER_NANOS || periodNanos - behind <= WINDOW_NANOS;
  }

  /** When the router is to advertise before it is due; {@link Long#MAX_VALUE} for never. */
  long earlyAtNanos() {
    return earlyAtNanos;
  }
}
