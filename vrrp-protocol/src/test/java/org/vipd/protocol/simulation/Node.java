package org.vipd.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.Delivery;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.LocalRouter;
import org.vipd.protocol.wire.ReceivePolicy;

/** One host: a machine, a clock of its own rate, an inbox, and an interface with addresses. */
final class Node {
  /** Packets a stalled host keeps; the rest is lost, as in a socket buffer. */
  static final int INBOX_LIMIT = 64;

  /** A refresh less than this after another is left out. */
  private static final long REFRESH_NANOS = 950_000_000L;

  final int index;
  final IpAddress address;
  final Oracle oracle = new Oracle();
  final Deque<Packet> inbox = new ArrayDeque<>();
  RouterConfig config;
  Subject machine;
  boolean isAlive;
  boolean hasAddresses;
  boolean expectsResignation;
  long stalledUntil;

  /** Reading of this host's clock at which its kernel removes the addresses. */
  private long leaseEnds = Long.MIN_VALUE;

  private long leaseRenewed;

  /** Advertisements sent so far. */
  long spoken;

  private Node lastHeard = this;
  private long lastHeardNumber;
  private final long partsPerMillion;
  private final long clockOffset;

  Node(int index, RouterConfig config, long partsPerMillion, long clockOffset) {
    this.index = index;
    this.config = config;
    this.address = config.primaryAddress();
    this.partsPerMillion = partsPerMillion;
    this.clockOffset = clockOffset;
  }

  /**
   * A packet on the wire.
   *
   * @param number of the advertisement, as its sender counts
   * @param said what the sender wanted to say
   * @param isSound whether a receiver must take it in, or must reject it
   */
  record Packet(
      ByteBuffer bytes, IpEnvelope envelope, long number, Advertisement said, boolean isSound) {}

  /** Starts the lease anew, as the daemon does after an advertisement, at most once a second. */
  void renewLease(long trueNanos) {
    if (local(trueNanos) - leaseRenewed >= REFRESH_NANOS) {
      startLease(trueNanos);
    }
  }

  /** The addresses are installed. */
  void startLease(long trueNanos) {
    leaseRenewed = local(trueNanos);
    leaseEnds = leaseRenewed + machine.leaseNanos();
  }

  /** The addresses are removed. */
  void endLease() {
    leaseEnds = Long.MIN_VALUE;
  }

  /** Whether its kernel has the addresses, whatever its daemon does. */
  boolean holdsAddresses(long trueNanos) {
    return leaseEnds > local(trueNanos);
  }

  /** A process that starts has heard nobody. */
  void forget() {
    lastHeard = this;
  }

  /** Takes note of an advertisement that was accepted. */
  void heard(Node sender, long number) {
    lastHeard = sender;
    lastHeardNumber = number;
  }

  /** Whether the last that it accepted is the last that the other sent. */
  boolean heardTheLastOf(Node other) {
    return lastHeard != this && lastHeard == other && lastHeardNumber == other.spoken;
  }

  /** Reading of this host's monotonic clock at a true time. */
  long local(long trueNanos) {
    return clockOffset + trueNanos + trueNanos * partsPerMillion / 1_000_000;
  }

  /** The first true time at which this host's clock shows at least the reading. */
  long trueTime(long localNanos) {
    if (localNanos == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    long elapsed = localNanos - clockOffset;
    long guess = elapsed * 1_000_000 / (1_000_000 + partsPerMillion) - 2;
    while (local(guess) < localNanos) {
      guess++;
    }
    return guess;
  }

  boolean runsAt(long trueNanos) {
    return isAlive && stalledUntil <= trueNanos;
  }

  boolean isActive() {
    return isAlive && machine.kind() == StateKind.ACTIVE;
  }

  ReceivePolicy policy() {
    return ReceivePolicy.of(
        new LocalRouter(config.version(), config.vrid(), config.interval(), config.addresses()),
        Delivery.multicast(Set.of(address)));
  }

  @Override
  public String toString() {
    return "r" + index + "(" + config.effectivePriority() + ")";
  }
}
