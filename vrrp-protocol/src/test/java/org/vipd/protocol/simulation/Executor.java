package org.vipd.protocol.simulation;

import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.ConflictKind;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.TransitionReason;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;

/** Applies actions to the virtual host and checks each against the state. */
final class Executor implements Action.Handler {
  private static final long SECOND = 1_000_000_000L;

  /** Two clocks may differ by one percent each. */
  private static final long CLOCK_TOLERANCE = 50;

  private final Lan lan;
  private final Referee referee;
  private final Timeline timeline;
  private final Node node;
  private final long now;

  Executor(Lan lan, Referee referee, Timeline timeline, Node node) {
    this.lan = lan;
    this.referee = referee;
    this.timeline = timeline;
    this.node = node;
    this.now = lan.now();
  }

  @Override
  public void sendAdvertisement(Priority priority) {
    timeline.line(now, node, "advertises ", priority);
    if (priority.isResign()) {
      check(node.expectsResignation, Invariant.I3_SPEAKING, "sent priority 0 unasked");
      node.expectsResignation = false;
    } else {
      boolean isActive = node.machine.kind() == StateKind.ACTIVE;
      check(isActive, Invariant.I3_SPEAKING, "advertised outside Active");
      boolean isLost = node.hasAddresses && !node.holdsAddresses(now);
      check(!isLost, Invariant.I7_LEASE, "advertised addresses that its lease took");
    }
    lan.send(node, priority);
    if (node.hasAddresses && !priority.isResign()) {
      node.renewLease(now);
    }
  }

  @Override
  public void installAddresses() {
    check(!node.hasAddresses, Invariant.I2_ADDRESSES, "installed twice");
    node.hasAddresses = true;
    checkOthersLetGo();
    node.startLease(now);
  }

  /**
   * Whoever died or sleeps, and was heard to the last word, has lost the addresses by now: also
   * when its interval had just been changed.
   */
  private void checkOthersLetGo() {
    for (Node other : lan.nodes) {
      boolean isSlow = other.config.interval().nanos() >= SECOND;
      if (isSlow && !other.runsAt(now) && node.heardTheLastOf(other)) {
        long tolerance = other.machine.leaseNanos() / CLOCK_TOLERANCE;
        boolean isGone = !other.holdsAddresses(now + tolerance);
        check(isGone, Invariant.I7_LEASE, "claims what another still holds");
      }
    }
  }

  @Override
  public void removeAddresses() {
    check(node.hasAddresses, Invariant.I2_ADDRESSES, "removed what is not there");
    node.hasAddresses = false;
    node.endLease();
  }

  @Override
  public void changeAddresses(AddressList before, AddressList after) {
    check(node.hasAddresses, Invariant.I2_ADDRESSES, "changed what is not there");
  }

  @Override
  public void announce(int repeat) {
    check(node.hasAddresses, Invariant.I2_ADDRESSES, "announced what is not there");
  }

  @Override
  public void publishTransition(StateKind from, StateKind to, TransitionReason reason) {
    timeline.line(now, node, to + ": ", reason);
    if (to == StateKind.ACTIVE) {
      node.oracle.becameActive();
    }
    if (from == StateKind.BACKUP && to == StateKind.ACTIVE) {
      boolean isDue = node.local(now) >= node.oracle.duePromotion();
      check(isDue, Invariant.PATIENCE, "became Active too early");
    }
  }

  @Override
  public void reportConflict(ConflictKind kind, IpAddress address) {
    timeline.line(now, node, "conflict with ", address);
  }

  private void check(boolean holds, Invariant invariant, String text) {
    referee.check(holds, invariant, node, text);
  }
}
