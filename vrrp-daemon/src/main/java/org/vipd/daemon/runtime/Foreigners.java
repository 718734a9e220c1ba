package org.vipd.daemon.runtime;

import java.util.List;
import java.util.Optional;
import org.vipd.protocol.value.IpAddress;

/** What one router finds out about other hosts that have its addresses or use its VRID. */
final class Foreigners {

  private final StrangerNotes notes;
  private final FirstClaim claim;
  private final RejectedSenders senders;

  Foreigners(RouterContext context, ManagedRouter router) {
    this.notes = new StrangerNotes(context, router);
    this.claim = new FirstClaim(context, router, notes);
    this.senders = new RejectedSenders(context, router, notes);
  }

  /** The look around before the first claim. */
  FirstClaim claim() {
    return claim;
  }

  /** What another host says against running; without a network nobody can. */
  Optional<Obstacle> obstacle(boolean networkReady) {
    if (!networkReady && claim.obstacle().isPresent()) {
      claim.end();
    }
    return claim.obstacle();
  }

  void accepted(long nowNanos) {
    claim.accepted(nowNanos);
  }

  void rejected(IpAddress source, String reason, long nowNanos) {
    senders.take(source, reason, nowNanos);
  }

  long deadlineNanos() {
    return Math.min(claim.deadlineNanos(), senders.deadlineNanos());
  }

  /** Does what is due; true when the router has to be looked at again. */
  boolean takeDue(long nowNanos) {
    senders.takeDue(nowNanos);
    return claim.takeDue(nowNanos);
  }

  /** What was seen lately. */
  List<String> recent(long nowNanos) {
    return notes.recent(nowNanos);
  }

  void end() {
    claim.end();
    senders.end();
  }
}
