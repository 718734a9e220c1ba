package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.value.AddressFamily;

/**
 * Addresses that left an interface a moment ago. They are looked at a little later, because the
 * kernel reports them before it reports that the whole interface went down or away; those of an
 * interface that is down are looked at when it is up again. Many are looked at when no more are
 * removed, since {@code ip address flush} begins again as long as it finds one, and in portions:
 * each may be put back, and the loop has other things to do between.
 */
final class LostAddresses {

  private static final long PAUSE_NANOS = 20_000_000L;

  /** With more than these somebody is at work who looks again whether all are gone. */
  private static final int MANY = 8;

  /** So long the end of it is waited for, at most. */
  private static final long LONGEST_NANOS = 1_000_000_000L;

  /** So much work is done in one turn, in steps of about 40 microseconds. */
  private static final int PORTION = 192;

  /** The steps that the kernel takes for an IPv6 address; one for an IPv4 address. */
  private static final int IPV6_STEPS = 8;

  private static final int CAPACITY = 4096;

  /**
   * An address that left an interface.
   *
   * @param isOwn whether this daemon has removed it
   * @param reportedNanos when that was heard, the last time
   */
  record Loss(LocalAddress address, boolean isOwn, long reportedNanos) {}

  private final Map<LocalAddress, Loss> own = new LinkedHashMap<>();
  private final Map<LocalAddress, Loss> others = new LinkedHashMap<>();
  private final Map<LocalAddress, Loss> onLinksDown = new LinkedHashMap<>();
  private long dropped;
  private boolean hasForgotten;
  private long firstNanos;
  private long dueNanos = Long.MAX_VALUE;

  void add(LocalAddress address, boolean isOwn, long nowNanos) {
    add(new Loss(address, isOwn, nowNanos), nowNanos);
  }

  private void add(Loss loss, long nowNanos) {
    int size = own.size() + others.size();
    if (size == 0) {
      firstNanos = nowNanos;
      dueNanos = nowNanos + PAUSE_NANOS;
    } else if (size >= MANY) {
      dueNanos = Math.min(nowNanos + PAUSE_NANOS, firstNanos + LONGEST_NANOS);
    }
    if (size < CAPACITY) {
      (loss.isOwn() ? own : others).put(loss.address(), loss);
    } else {
      dropped++;
      hasForgotten = true;
    }
  }

  /** How many did not fit. */
  long dropped() {
    return dropped;
  }

  /**
   * Whether some did not fit, and the others were looked at a moment ago: now there is room for
   * those that are ours, and what was put back has been reported. Mostly they are none of ours,
   * since whatever leaves this host is noted.
   */
  boolean takeForgotten(long nowNanos) {
    if (!hasForgotten || nowNanos < dueNanos || !own.isEmpty() || !others.isEmpty()) {
      return false;
    }
    hasForgotten = false;
    dueNanos = Long.MAX_VALUE;
    return true;
  }

  long deadlineNanos() {
    return dueNanos;
  }

  /** Interfaces changed: what was lost on one that is up again is looked at. */
  void interfacesChanged(InterfaceTable interfaces, long nowNanos) {
    for (Loss loss : List.copyOf(onLinksDown.values())) {
      int index = loss.address().interfaceIndex();
      if (interfaces.isUp(index)) {
        onLinksDown.remove(loss.address());
        add(loss, nowNanos);
      } else if (!interfaces.hasLink(index)) {
        onLinksDown.remove(loss.address());
      }
    }
  }

  /**
   * A portion of those that are due, on an interface that is up: what is still missing, and what is
   * there again though somebody else removed it.
   */
  List<Loss> takeDue(InterfaceTable interfaces, long nowNanos) {
    if (nowNanos < dueNanos) {
      return List.of();
    }
    List<Loss> due = new ArrayList<>();
    int steps = take(own, due, PORTION, interfaces);
    take(others, due, steps, interfaces);
    boolean isMore = !own.isEmpty() || !others.isEmpty();
    long forgottenNanos = hasForgotten ? nowNanos + PAUSE_NANOS : Long.MAX_VALUE;
    dueNanos = isMore ? nowNanos : forgottenNanos;
    return due;
  }

  /** Takes what is due for so many steps; answers how many are left. */
  private int take(
      Map<LocalAddress, Loss> from, List<Loss> due, int steps, InterfaceTable interfaces) {
    int left = steps;
    Iterator<Loss> losses = from.values().iterator();
    while (losses.hasNext() && left > 0) {
      Loss loss = losses.next();
      losses.remove();
      if (!interfaces.isUp(loss.address().interfaceIndex())) {
        keepForLater(loss, interfaces);
      } else if (!loss.isOwn() || !interfaces.has(loss.address())) {
        due.add(loss);
        left -= loss.address().address().family() == AddressFamily.IPV6 ? IPV6_STEPS : 1;
      }
    }
    return left;
  }

  private void keepForLater(Loss loss, InterfaceTable interfaces) {
    boolean isKept =
        onLinksDown.size() < CAPACITY && interfaces.hasLink(loss.address().interfaceIndex());
    if (isKept) {
      onLinksDown.put(loss.address(), loss);
    }
  }
}
