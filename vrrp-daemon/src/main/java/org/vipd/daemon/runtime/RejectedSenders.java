package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.port.HardwareAddress;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.IpAddress;

/**
 * Finds out which hosts send packets for our VRID that are rejected: listens for the hardware
 * address of each for a few seconds, and says who it is.
 */
final class RejectedSenders {

  private static final int LIMIT = 16;
  private static final long STEP_NANOS = 1_000_000_000L;
  private static final int STEPS = 10;

  /** Addresses move between hosts, and other senders are to be looked for, too. */
  private static final long FORGET_NANOS = 3_600_000_000_000L;

  /** A sender that was found, and what was said of it. */
  private record Found(HardwareAddress host, String text, long foundNanos) {}

  private final RouterContext context;
  private final ManagedRouter router;
  private final StrangerNotes notes;
  private final Map<IpAddress, String> wanted = new LinkedHashMap<>();
  private final Map<IpAddress, Found> known = new HashMap<>();
  private Optional<Neighbours> neighbours = Optional.empty();
  private long nextNanos = Long.MAX_VALUE;
  private long nextTryNanos = Long.MIN_VALUE;
  private int steps;

  RejectedSenders(RouterContext context, ManagedRouter router, StrangerNotes notes) {
    this.context = context;
    this.router = router;
    this.notes = notes;
  }

  /** A packet was rejected. */
  void take(IpAddress source, String reason, long nowNanos) {
    known.values().removeIf(it -> nowNanos - it.foundNanos() >= FORGET_NANOS);
    boolean isOurs = context.interfaces().hasUsable(source);
    if (isOurs || known.containsKey(source) || wanted.size() + known.size() >= LIMIT) {
      return;
    }
    if (neighbours.isEmpty() && nowNanos >= nextTryNanos) {
      listen(nowNanos);
    }
    if (neighbours.isPresent()) {
      wanted.put(source, reason);
    }
  }

  private void listen(long nowNanos) {
    nextTryNanos = nowNanos + STEP_NANOS;
    Optional<LinkState> link = context.interfaces().link(router.config().key().interfaceName());
    if (link.isEmpty() || link.get().mac() == 0) {
      return;
    }
    try {
      neighbours = Optional.of(context.tables().neighbourhood().enter(link.get()));
      steps = 0;
      nextNanos = nowNanos + STEP_NANOS;
      context.tables().earliest().changed(nextNanos);
    } catch (PortException e) {
      context.ports().journal().debug("hardware addresses are not looked for: " + e.getMessage());
    }
  }

  long deadlineNanos() {
    return nextNanos;
  }

  /** Looks whose hardware address is known by now. */
  void takeDue(long nowNanos) {
    if (nowNanos < nextNanos || neighbours.isEmpty()) {
      return;
    }
    nextNanos = nowNanos + STEP_NANOS;
    steps++;
    wanted.entrySet().removeIf(it -> isFound(it.getKey(), it.getValue(), nowNanos));
    if (wanted.isEmpty() || steps >= STEPS) {
      end();
    }
  }

  private boolean isFound(IpAddress source, String reason, long nowNanos) {
    Optional<HardwareAddress> host = neighbours.flatMap(it -> it.senderAt(source));
    if (host.isEmpty()) {
      return false;
    }
    String text = text(source, host.get(), reason);
    known.put(source, new Found(host.get(), text, nowNanos));
    notes.take(text, nowNanos);
    return true;
  }

  private String text(IpAddress source, HardwareAddress host, String reason) {
    return source
        + ", MAC "
        + host
        + ", uses VRID "
        + router.config().key().vrid().value()
        + " on "
        + router.config().key().interfaceName()
        + ", and its packets are rejected: "
        + reason;
  }

  /** The hardware address of a sender, when it was found. */
  Optional<HardwareAddress> hardwareAddress(IpAddress source) {
    return Optional.ofNullable(known.get(source)).map(Found::host);
  }

  /** What was said of a sender when it was found. */
  Optional<String> note(IpAddress source) {
    return Optional.ofNullable(known.get(source)).map(Found::text);
  }

  /** Stops listening; who was not found is looked for when he is heard again. */
  void end() {
    neighbours.ifPresent(context.tables().neighbourhood()::leave);
    neighbours = Optional.empty();
    wanted.clear();
    nextNanos = Long.MAX_VALUE;
  }
}
