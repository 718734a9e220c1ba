package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.port.LocalAddress;

/**
 * Addresses that left an interface a moment ago. They are looked at a little later, because the
 * kernel reports them before it reports that the whole interface went down or away.
 */
final class LostAddresses {

  private static final long PAUSE_NANOS = 20_000_000L;
  private static final int CAPACITY = 4096;

  private final List<LocalAddress> lost = new ArrayList<>();
  private long dropped;
  private long dueNanos = Long.MAX_VALUE;

  void add(LocalAddress address, long nowNanos) {
    if (lost.isEmpty()) {
      dueNanos = nowNanos + PAUSE_NANOS;
    }
    if (lost.size() < CAPACITY) {
      lost.add(address);
    } else {
      dropped++;
    }
  }

  /** How many did not fit; what they were is found out when the kernel is asked again. */
  long dropped() {
    return dropped;
  }

  long deadlineNanos() {
    return dueNanos;
  }

  /** Those that are due and still missing from an interface that is up. */
  List<LocalAddress> takeDue(InterfaceTable interfaces, long nowNanos) {
    if (nowNanos < dueNanos) {
      return List.of();
    }
    List<LocalAddress> missing =
        lost.stream()
            .filter(address -> interfaces.isUp(address.interfaceIndex()))
            .filter(address -> !interfaces.has(address))
            .distinct()
            .toList();
    lost.clear();
    dueNanos = Long.MAX_VALUE;
    return missing;
  }
}
