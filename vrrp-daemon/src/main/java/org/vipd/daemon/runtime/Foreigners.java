package org.vipd.daemon.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.protocol.value.IpAddress;

/** What one router finds out about others that have its addresses or use its VRID. */
final class Foreigners {

  private final StrangerNotes notes;
  private final FirstClaim claim;
  private final RejectedSenders senders;
  private final OtherDaemon otherDaemon;

  Foreigners(RouterContext context, ManagedRouter router) {
    this.notes = new StrangerNotes(context, router);
    this.claim = new FirstClaim(context, router, notes);
    this.senders = new RejectedSenders(context, router, notes);
    this.otherDaemon = new OtherDaemon(context, router);
  }

  /** The look around before the first claim. */
  FirstClaim claim() {
    return claim;
  }

  /** The look for another daemon on this host. */
  OtherDaemon otherDaemon() {
    return otherDaemon;
  }

  /** What somebody else says against running; without a network nobody can. */
  Optional<Obstacle> obstacle(boolean networkReady, long nowNanos) {
    if (!networkReady && claim.obstacle().isPresent()) {
      claim.end();
    }
    return networkReady ? otherDaemon.obstacle(nowNanos).or(claim::obstacle) : Optional.empty();
  }

  void accepted(long nowNanos) {
    claim.accepted(nowNanos);
  }

  void rejected(IpAddress source, String reason, long nowNanos) {
    senders.take(source, reason, nowNanos);
  }

  long deadlineNanos() {
    return Math.min(
        otherDaemon.deadlineNanos(), Math.min(claim.deadlineNanos(), senders.deadlineNanos()));
  }

  /** Does what is due; true when the router has to be looked at again. */
  boolean takeDue(long nowNanos) {
    senders.takeDue(nowNanos);
    return otherDaemon.takeDue(nowNanos) || claim.takeDue(nowNanos);
  }

  /** A sender of rejected packets as a message names it: with its hardware address, when known. */
  String name(IpAddress sender) {
    return senders
        .hardwareAddress(sender)
        .map(host -> sender + ", MAC " + host + ",")
        .orElse(sender.toString());
  }

  /**
   * What was seen lately.
   *
   * @param named senders of rejected packets of whom more is said elsewhere
   */
  List<String> recent(Collection<IpAddress> named, long nowNanos) {
    Set<String> known =
        named.stream().flatMap(it -> senders.note(it).stream()).collect(Collectors.toSet());
    return notes.recent(known, nowNanos);
  }

  void end() {
    otherDaemon.end();
    claim.end();
    senders.end();
  }
}
