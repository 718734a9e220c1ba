package org.vipd.daemon.runtime;

import java.util.List;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.protocol.value.AddressFamily;

/**
 * The lease of the addresses of one router: when it was last refreshed, and which addresses of the
 * present round are still to be refreshed. Its times are taken before the kernel is asked, so the
 * kernel never takes an address earlier than this class expects.
 */
final class AddressLease {

  /** "Not more often than once a second", with room for a timer that is late once and not twice. */
  private static final long SPACING_NANOS = 950_000_000L;

  private final HeldAddresses held;
  private long refreshedNanos;
  private long roundNanos;
  private int next;
  private long roundVersion;
  private boolean isInRound;

  AddressLease(HeldAddresses held) {
    this.held = held;
  }

  /** Addresses were installed where there were none. */
  void begin(long nowNanos) {
    refreshedNanos = nowNanos;
    isInRound = false;
  }

  /** Whether the kernel has taken the addresses away, because nobody refreshed them. */
  boolean isOver(long nowNanos) {
    List<AddressInstall> leased = held.leased();
    return !leased.isEmpty() && nowNanos - refreshedNanos >= leased.get(0).lease().nanos();
  }

  /** An advertisement was sent: true when a round of refreshes begins. */
  boolean startRound(long nowNanos) {
    boolean isEarly = nowNanos - refreshedNanos < SPACING_NANOS;
    if (isInRound || isEarly || held.leased().isEmpty() || isOver(nowNanos)) {
      return false;
    }
    isInRound = true;
    roundNanos = nowNanos;
    restart();
    return true;
  }

  private void restart() {
    next = 0;
    roundVersion = held.version();
  }

  /**
   * Adds what is to be refreshed now to a batch.
   *
   * @param slowRoom how many IPv6 addresses, which the kernel refreshes slowly, still fit
   * @return how many of those were added
   */
  int collect(List<AddressInstall> batch, int slowRoom, long nowNanos) {
    if (roundVersion != held.version()) {
      restart();
    }
    List<AddressInstall> leased = held.leased();
    if (leased.isEmpty() || isOver(nowNanos)) {
      isInRound = false;
      return 0;
    }
    int slow = 0;
    while (next < leased.size()) {
      AddressInstall install = leased.get(next);
      boolean isSlow = install.address().address().family() == AddressFamily.IPV6;
      if (isSlow && slow == slowRoom) {
        return slow;
      }
      slow += isSlow ? 1 : 0;
      batch.add(install);
      next++;
    }
    return slow;
  }

  /** Whether addresses of this round wait for a later batch. */
  boolean hasMore() {
    return isInRound && next < held.leased().size();
  }

  /** The batch with the last addresses of this round is done. */
  void finishRound() {
    if (isInRound) {
      isInRound = false;
      refreshedNanos = roundNanos;
    }
  }
}
