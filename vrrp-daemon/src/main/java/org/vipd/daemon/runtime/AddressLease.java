package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.protocol.value.AddressFamily;

/**
 * The leases of the addresses of one router: until when the kernel keeps each of them, and which an
 * advertisement allows to refresh, the one that ends first before the others. Times are taken
 * before the kernel is asked, so the kernel never takes an address earlier than this class expects.
 *
 * <p>Whatever is refreshed after an advertisement ends within the lease after that advertisement,
 * because others count from it: what the kernel gets to later than {@link #PROMPT_NANOS} has a
 * whole second less. See docs/decisions/0035-refresh-in-portions.md. When {@link Cadence} allows
 * it, all are refreshed on a whole second, and those that were not are, once, sooner than others.
 */
final class AddressLease {

  /** Why the addresses count as lost although the end of none is over. */
  enum Loss {
    /** They do not. */
    NONE,
    /** The kernel was asked to extend a lease until it had ended: it may have added it again. */
    WHILE_ASKING,
    /** It was too late to install what was claimed. */
    BEFORE_INSTALLED
  }

  /**
   * For those that do not keep step: not more often than once a second, with room for a timer that
   * is late once and not twice.
   */
  private static final long SPACING_NANOS = 950_000_000L;

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** A refresh this soon after the advertisement is as good as one at once. */
  static final long PROMPT_NANOS = 100_000_000L;

  /**
   * For IPv6, a whole lease is not worth asking for when the present one ends so little earlier.
   */
  private static final long GAIN_NANOS = 500_000_000L;

  /** Those that keep step are refreshed on a second; not twice when they advertise often. */
  private static final long HALF_SECOND_NANOS = 500_000_000L;

  /** A lease that ends so soon after the second must not wait for it. */
  private static final long MARGIN_NANOS = 50_000_000L;

  private final HeldAddresses held;
  private final List<LeasedAddress> addresses = new ArrayList<>();
  private long version;
  private long askedNanos;
  private int askedSeconds;
  private List<AddressInstall> asked = List.of();
  private long sentNanos;
  private long advertisedNanos;
  private long expectedNanos;
  private long continueAtNanos = Long.MIN_VALUE;
  private long earliestEndNanos = Long.MAX_VALUE;
  private long endBeforeNanos = Long.MAX_VALUE;
  private Loss loss = Loss.NONE;
  private int next;
  private boolean isInRound;
  private boolean isOnTheSecond;
  private Cadence cadence;
  private String refusal = "";
  private long collectedNanos;
  private long stalledNanos;

  AddressLease(HeldAddresses held, Cadence cadence) {
    this.held = held;
    this.cadence = cadence;
    this.version = held.version();
  }

  /** The router claims its addresses: whatever was sent before counts no more. */
  void claimed(long nowNanos) {
    sentNanos = nowNanos;
    loss = Loss.NONE;
    stalledNanos = 0;
    synchronize();
  }

  /**
   * It is too late to install what was claimed: that counts as lost, so that the router gives it
   * up.
   */
  void refused() {
    synchronize();
    if (addresses.isEmpty()) {
      loss = Loss.BEFORE_INSTALLED;
    }
  }

  /** Whether an advertisement was sent so recently that a lease may begin with it. */
  boolean isFresh(long nowNanos) {
    return nowNanos - sentNanos <= PROMPT_NANOS;
  }

  /** Whether another lease, begun now, ends within what the last advertisement promises. */
  boolean isPromised(Lease other, long nowNanos) {
    if (!other.isOn() || isFresh(nowNanos)) {
      return true;
    }
    synchronize();
    return !addresses.isEmpty()
        && nowNanos + other.nanos()
            <= sentNanos + addresses.get(0).install().lease().nanos() + PROMPT_NANOS;
  }

  /**
   * How long the lease of an address may be that is installed now.
   *
   * @param whole what it will be after the next advertisement
   * @param less so many seconds are left to the kernel, unless the advertisement was earlier anyhow
   * @return seconds; 0 without a lease, negative when not even the shortest ends in time
   */
  int seconds(Lease whole, int less, long nowNanos) {
    if (!whole.isOn()) {
      return 0;
    }
    int late = lateSeconds(nowNanos - sentNanos - PROMPT_NANOS);
    int seconds = whole.seconds() - Math.max(less, late);
    return seconds > 0 ? seconds : -1;
  }

  /**
   * The kernel is about to be asked for addresses, or for another lease of some.
   *
   * @param wanted those that may be held already and get another end
   * @param seconds how long their lease is, or that of new ones
   */
  void asking(List<AddressInstall> wanted, int seconds, long nowNanos) {
    synchronize();
    asked = wanted;
    askedSeconds = seconds;
    askedNanos = nowNanos;
    if (addresses.isEmpty()) {
      advertised(nowNanos, SECOND_NANOS);
    }
  }

  /** Whether the kernel has taken addresses away, because nobody refreshed them in time. */
  boolean isOver(long nowNanos) {
    synchronize();
    return loss != Loss.NONE || nowNanos >= earliestEndNanos;
  }

  /** Whether an advertisement was sent as recently as usual. */
  boolean isHeard(long nowNanos) {
    return nowNanos < expectedNanos;
  }

  /** Why they count as lost beside those whose end is over. */
  Loss loss() {
    return loss;
  }

  /** How many addresses the kernel has taken. */
  long countOver(long nowNanos) {
    return addresses.stream().filter(it -> nowNanos >= it.endNanos()).count();
  }

  /** How many addresses have a lease. */
  int size() {
    return addresses.size();
  }

  /**
   * An advertisement was sent, and all addresses may be refreshed.
   *
   * @return whether a round begins and none was under way
   */
  boolean startRound(long nowNanos) {
    sentNanos = nowNanos;
    long pauseNanos = nowNanos - advertisedNanos;
    if (isOver(nowNanos) || addresses.isEmpty() || !isTime(nowNanos, pauseNanos)) {
      return false;
    }
    advertised(nowNanos, Math.max(SECOND_NANOS, pauseNanos));
    boolean isNew = !isInRound;
    isInRound = true;
    begin();
    return isNew;
  }

  private boolean isTime(long nowNanos, long pauseNanos) {
    if (!cadence.isWanted()) {
      return pauseNanos >= SPACING_NANOS;
    }
    boolean isForTheSecond = Cadence.isOnTheSecond(cadence.refreshAtNanos(nowNanos));
    return isForTheSecond
        ? !isOnTheSecond || pauseNanos >= HALF_SECOND_NANOS
        : pauseNanos >= SECOND_NANOS;
  }

  /** When the router is to advertise. */
  Cadence cadence() {
    return cadence;
  }

  /** Another definition of the router: it may have to keep another step. */
  void keepStep(Cadence other) {
    cadence = other;
  }

  /**
   * Before this time nothing is collected, unless the present leases end soon after. The rest of a
   * round is due since the part before it was done: nobody is late who did that meanwhile.
   */
  long readyAtNanos() {
    long second = cadence.refreshAtNanos(advertisedNanos);
    long ready = second + MARGIN_NANOS >= earliestEndNanos ? advertisedNanos : second;
    return Math.max(ready, continueAtNanos);
  }

  /** The next advertisement is expected after the same pause, and may be late by half of it. */
  private void advertised(long nowNanos, long pauseNanos) {
    advertisedNanos = nowNanos;
    expectedNanos = nowNanos + pauseNanos + pauseNanos / 2;
  }

  private void begin() {
    addresses.sort(null);
    next = 0;
  }

  /** When the next address of the round would be taken; {@link Long#MAX_VALUE} without one. */
  long nextEndNanos() {
    return hasMore() ? addresses.get(next).endNanos() : Long.MAX_VALUE;
  }

  /**
   * Adds what is to be refreshed now to a batch.
   *
   * @param slowRoom how many IPv6 addresses, which the kernel refreshes slowly, still fit
   * @param eachNanos how long it lately took for one
   * @return how many of those were added
   */
  int collect(List<AddressInstall> batch, int slowRoom, long eachNanos, long nowNanos) {
    if (loss != Loss.NONE) {
      isInRound = false;
      return 0;
    }
    // until the next round gets to the last of them
    long neededUntilNanos = expectedNanos + addresses.size() * eachNanos;
    if (isOver(nowNanos)) {
      next = addresses.size();
    }
    endBeforeNanos = earliestEndNanos;
    collectedNanos = nowNanos;
    stalledNanos = 0;
    refusal = "";
    int slow = 0;
    while (next < addresses.size()) {
      LeasedAddress address = addresses.get(next);
      int seconds = secondsFor(address, neededUntilNanos, nowNanos);
      if (seconds > 0) {
        if (isSlow(address) && slow == slowRoom) {
          break;
        }
        slow += isSlow(address) ? 1 : 0;
        batch.add(address.extend(seconds, nowNanos));
      }
      next++;
    }
    isInRound = next < addresses.size();
    isOnTheSecond = Cadence.isOnTheSecond(nowNanos);
    findEarliestEnd();
    return slow;
  }

  private static boolean isSlow(LeasedAddress address) {
    return address.install().address().address().family() == AddressFamily.IPV6;
  }

  /**
   * The kernel has been asked for what was collected last. When that took until after the end of a
   * lease, because the process was stopped right then, the kernel has added an address again that
   * it had removed: that counts as lost, so that the router gives it up.
   */
  void asked(long nowNanos) {
    continueAtNanos = nowNanos;
    if (nowNanos >= endBeforeNanos) {
      loss = Loss.WHILE_ASKING;
      stalledNanos = nowNanos - collectedNanos;
    }
  }

  /** How long it took to ask the kernel, when a lease ended meanwhile; 0 otherwise. */
  long stalledNanos() {
    return stalledNanos;
  }

  /**
   * The kernel refused some requests of the last batch: their addresses end when they would have
   * ended without, and when they do the router gives all of them up.
   */
  void refused(Set<AddressInstall> requests, String why) {
    for (LeasedAddress address : addresses) {
      if (address.isOf(requests)) {
        address.takeBack();
        refusal = why;
      }
    }
    findEarliestEnd();
  }

  /** Why the last refresh was refused; empty when it was not. */
  Optional<String> refusal() {
    return refusal.isEmpty() ? Optional.empty() : Optional.of(refusal);
  }

  /** How long a lease may be now; 0 when it is not worth asking for. */
  private int secondsFor(LeasedAddress address, long neededUntilNanos, long nowNanos) {
    Lease lease = address.install().lease();
    long lateNanos = nowNanos - advertisedNanos - PROMPT_NANOS;
    if (lateNanos <= 0) {
      long gainNanos = nowNanos + lease.nanos() - address.endNanos();
      boolean isInPlace = !cadence.isWanted() || Cadence.isOnTheSecond(address.endNanos());
      boolean isWorthIt = gainNanos >= (isSlow(address) && isInPlace ? GAIN_NANOS : 1);
      return isWorthIt ? lease.seconds() : 0;
    }
    int seconds = lease.seconds() - lateSeconds(lateNanos);
    boolean isWorthIt =
        address.endNanos() < neededUntilNanos
            && nowNanos + seconds * SECOND_NANOS > address.endNanos();
    return isWorthIt ? seconds : 0;
  }

  /** A lease that begins late is shorter by whole seconds, so that it ends not later. */
  private static int lateSeconds(long lateNanos) {
    return lateNanos <= 0 ? 0 : 1 + (int) Math.min(lateNanos / SECOND_NANOS, Integer.MAX_VALUE / 2);
  }

  /** Whether addresses of this round wait for a later batch. */
  boolean hasMore() {
    return isInRound;
  }

  private void findEarliestEnd() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < addresses.size(); i++) {
      earliest = Math.min(earliest, addresses.get(i).endNanos());
    }
    earliestEndNanos = earliest;
  }

  /** Takes over what is held now; what is new was asked for a moment ago. */
  private void synchronize() {
    if (version == held.version()) {
      return;
    }
    version = held.version();
    isOnTheSecond = false;
    IdentityHashMap<AddressInstall, LeasedAddress> known = new IdentityHashMap<>();
    addresses.forEach(it -> known.put(it.install(), it));
    addresses.clear();
    for (AddressInstall install : held.leased()) {
      LeasedAddress before = known.get(install);
      addresses.add(
          before == null || asked.contains(install)
              ? new LeasedAddress(install, askedNanos + askedSeconds * SECOND_NANOS)
              : before);
    }
    asked = List.of();
    isInRound &= !addresses.isEmpty();
    begin();
    findEarliestEnd();
  }
}
