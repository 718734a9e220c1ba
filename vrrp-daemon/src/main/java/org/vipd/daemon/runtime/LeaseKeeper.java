package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;

/**
 * Refreshes the leases of all routers that advertised in this turn of the loop, in one batch. The
 * kernel takes about 0.3 ms for an IPv6 address, so only a few of those go into one turn.
 */
final class LeaseKeeper {

  private static final int SLOW_PER_TURN = 32;

  private final AddressPort port;
  private final NanoClock clock;
  private final List<AddressLease> due = new ArrayList<>();
  private final List<AddressInstall> batch = new ArrayList<>();

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

  /** When the next batch is to be sent. */
  long deadlineNanos(long nowNanos) {
    return due.isEmpty() ? Long.MAX_VALUE : nowNanos;
  }

  /**
   * Sends one batch, and says what could not be refreshed.
   *
   * <p>The clock is read right before: refreshing adds an address that the kernel has removed, so
   * it must not happen after a sleep.
   */
  void refresh(Journal journal) {
    if (due.isEmpty()) {
      return;
    }
    batch.clear();
    int room = SLOW_PER_TURN;
    long nowNanos = clock.nanos();
    for (int i = 0; i < due.size(); i++) {
      room -= due.get(i).collect(batch, room, nowNanos);
    }
    if (!batch.isEmpty()) {
      List<AddressPort.Failure> failures = port.refresh(batch);
      for (int i = 0; i < failures.size(); i++) {
        journal.warn(failures.get(i).message());
      }
    }
    finish();
  }

  private void finish() {
    int kept = 0;
    for (int i = 0; i < due.size(); i++) {
      AddressLease lease = due.get(i);
      if (lease.hasMore()) {
        due.set(kept++, lease);
      } else {
        lease.finishRound();
      }
    }
    while (due.size() > kept) {
      due.remove(due.size() - 1);
    }
  }
}
