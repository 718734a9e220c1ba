package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;

/**
 * Refreshes the leases of all routers that advertised a moment ago, in one batch per turn of the
 * loop. The kernel takes long for an IPv6 address, and the longer the more there are, so only as
 * many of those go into one turn as it lately managed in a short time.
 */
final class LeaseKeeper {

  private static final long COMPLAINT_INTERVAL_NANOS = 10_000_000_000L;

  private final AddressPort port;
  private final NanoClock clock;
  private final KernelPace pace = new KernelPace();
  private final List<AddressLease> due = new ArrayList<>();
  private final List<AddressInstall> batch = new ArrayList<>();
  private final RateLimit complaintLimit = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private long refreshedNanos = Long.MIN_VALUE;

  LeaseKeeper(AddressPort port, NanoClock clock) {
    this.port = port;
    this.clock = clock;
  }

  /** An advertisement was sent for the addresses of this lease. */
  void advertised(AddressLease lease) {
    if (lease.startRound(clock.nanos())) {
      due.add(lease);
    }
  }

  /** When the next batch is to be sent; {@link Long#MAX_VALUE} for never. */
  long deadlineNanos() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < due.size(); i++) {
      earliest = Math.min(earliest, due.get(i).readyAtNanos());
    }
    return earliest;
  }

  /** Whether leases have been refreshed since a time, and none waits to be. */
  boolean isRefreshedSince(long nanos) {
    return refreshedNanos >= nanos && due.isEmpty();
  }

  /** How fast the kernel lately was. */
  KernelPace pace() {
    return pace;
  }

  /**
   * Sends one batch, and says what could not be refreshed.
   *
   * <p>The clock is read right before: refreshing adds an address that the kernel has removed, so
   * it must not happen after a sleep.
   */
  void refresh(Journal journal) {
    if (clock.nanos() < deadlineNanos()) {
      return;
    }
    sort();
    batch.clear();
    int slow = 0;
    long nowNanos = clock.nanos();
    for (int i = 0; i < due.size(); i++) {
      if (due.get(i).readyAtNanos() > nowNanos) {
        continue;
      }
      slow += due.get(i).collect(batch, pace.perTurn() - slow, pace.requestNanos(), nowNanos);
    }
    if (!batch.isEmpty()) {
      refreshedNanos = nowNanos;
      List<AddressPort.Failure> failures = port.refresh(batch);
      long afterNanos = clock.nanos();
      pace.took(slow, afterNanos - nowNanos);
      if (!failures.isEmpty()) {
        refused(failures, journal);
      }
      for (int i = 0; i < due.size(); i++) {
        if (due.get(i).readyAtNanos() <= nowNanos) {
          due.get(i).asked(afterNanos);
        }
      }
    }
    keepUnfinished();
  }

  /** Every second the same would be said again of every address. */
  private void refused(List<AddressPort.Failure> failures, Journal journal) {
    Set<AddressInstall> requests = new HashSet<>();
    failures.forEach(failure -> requests.add(failure.address()));
    String why = failures.get(0).message();
    due.forEach(lease -> lease.refused(requests, why));
    if (complaintLimit.permits(clock.nanos())) {
      int others = failures.size() - 1;
      journal.warn(
          why
              + (others == 0 ? "" : ", and " + others + " others")
              + "; without a refresh the kernel removes it when its lease ends");
    }
  }

  /** What ends first comes first; by hand, because it is nearly in order and makes no garbage. */
  private void sort() {
    for (int i = 1; i < due.size(); i++) {
      AddressLease lease = due.get(i);
      int place = i;
      while (place > 0 && due.get(place - 1).nextEndNanos() > lease.nextEndNanos()) {
        due.set(place, due.get(place - 1));
        place--;
      }
      due.set(place, lease);
    }
  }

  private void keepUnfinished() {
    int kept = 0;
    for (int i = 0; i < due.size(); i++) {
      if (due.get(i).hasMore()) {
        due.set(kept++, due.get(i));
      }
    }
    while (due.size() > kept) {
      due.remove(due.size() - 1);
    }
  }
}
