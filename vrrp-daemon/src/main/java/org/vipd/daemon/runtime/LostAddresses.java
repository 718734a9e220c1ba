package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vipd.daemon.port.LocalAddress;

/**
 * Addresses that left an interface a moment ago. They are looked at a little later, because the
 * kernel reports them before it reports that the whole interface went down or away.
 */
final class LostAddresses {

  private static final long PAUSE_NANOS = 20_000_000L;
  private static final int CAPACITY = 4096;

  /**
   * An address that left an interface.
   *
   * @param isOwn whether this daemon has removed it
   * @param reportedNanos when that was heard, the last time
   */
  record Loss(LocalAddress address, boolean isOwn, long reportedNanos) {}

  private final List<Loss> lost = new ArrayList<>();
  private long dropped;
  private long dueNanos = Long.MAX_VALUE;

  void add(LocalAddress address, boolean isOwn, long nowNanos) {
    if (lost.isEmpty()) {
      dueNanos = nowNanos + PAUSE_NANOS;
    }
    if (lost.size() < CAPACITY) {
      lost.add(new Loss(address, isOwn, nowNanos));
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

  /**
   * Those that are due, on an interface that is up: what is still missing, and what is there again
   * though somebody else removed it.
   */
  List<Loss> takeDue(InterfaceTable interfaces, long nowNanos) {
    if (nowNanos < dueNanos) {
      return List.of();
    }
    Map<LocalAddress, Loss> own = new LinkedHashMap<>();
    Map<LocalAddress, Loss> others = new LinkedHashMap<>();
    for (Loss loss : lost) {
      boolean isDue =
          interfaces.isUp(loss.address().interfaceIndex())
              && (!loss.isOwn() || !interfaces.has(loss.address()));
      if (isDue) {
        (loss.isOwn() ? own : others).put(loss.address(), loss);
      }
    }
    lost.clear();
    dueNanos = Long.MAX_VALUE;
    return Stream.concat(own.values().stream(), others.values().stream()).toList();
  }
}
