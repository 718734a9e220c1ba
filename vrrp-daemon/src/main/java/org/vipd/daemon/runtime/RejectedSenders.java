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

  private final RouterContext context;
  private final ManagedRouter router;
  private final StrangerNotes notes;
  private final Map<IpAddress, String> wanted = new LinkedHashMap<>();
  private final Map<IpAddress, HardwareAddress> known = new LinkedHashMap<>();
  private final Map<IpAddress, String> said = new HashMap<>();
  private Optional<Neighbours> neighbours = Optional.empty();
  private long nextNanos = Long.MAX_VALUE;
  private int steps;

  RejectedSenders(RouterContext context, ManagedRouter router, StrangerNotes notes) {
    this.context = context;
    this.router = router;
    this.notes = notes;
  }

  /** A packet was rejected. */
  void take(IpAddress source, String reason, long nowNanos) {
    boolean isOurs = context.interfaces().hasUsable(source);
    if (isOurs || known.containsKey(source) || wanted.size() + known.size() >= LIMIT) {
      return;
    }
    if (wanted.put(source, reason) == null && neighbours.isEmpty()) {
      listen(nowNanos);
    }
  }

  private void listen(long nowNanos) {
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
    for (IpAddress source : wanted.keySet()) {
      neighbours.get().senderAt(source).ifPresent(host -> known.put(source, host));
    }
    known.forEach(
        (source, host) -> {
          String reason = wanted.remove(source);
          if (reason != null) {
            String text = text(source, host, reason);
            said.put(source, text);
            notes.take(text, nowNanos);
          }
        });
    if (wanted.isEmpty() || steps >= STEPS) {
      end();
    }
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
    return Optional.ofNullable(known.get(source));
  }

  /** What was said of a sender when it was found. */
  Optional<String> note(IpAddress source) {
    return Optional.ofNullable(said.get(source));
  }

  /** Stops listening; who was not found is looked for when he is heard again. */
  void end() {
    neighbours.ifPresent(context.tables().neighbourhood()::leave);
    neighbours = Optional.empty();
    wanted.clear();
    nextNanos = Long.MAX_VALUE;
  }
}
