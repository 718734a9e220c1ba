package org.vipd.daemon.runtime;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.machine.StateKind;

/**
 * Watches that an Active really has its addresses: puts back what another program removes, and says
 * when the router has to give up.
 */
final class AddressGuard {

  private final RouterContext context;
  private final ManagedRouter router;
  private final RouterEffects effects;
  private final Interference interference = new Interference();

  AddressGuard(RouterContext context, ManagedRouter router, RouterEffects effects) {
    this.context = context;
    this.router = router;
    this.effects = effects;
  }

  /** Why the router must not run now. */
  Optional<Obstacle> obstacle(long nowNanos) {
    return interference
        .obstacle(nowNanos)
        .or(() -> effects.holdings().routes().obstacle(nowNanos))
        .map(why -> new Obstacle(Obstacle.Kind.ADDRESSES, why));
  }

  /**
   * Another program, or the end of the lease, removed an address of an Active: it is put back, or
   * the router gives up when that happens too often.
   */
  void putBack(LostAddresses.Loss loss, long nowNanos) {
    if (!concerns(loss)) {
      return;
    }
    LocalAddress address = loss.address();
    String what = address.address() + "/" + address.prefixLength();
    if (loss.isOwn() && context.tables().virtualAddresses().isShared(address.address())) {
      putBackShared(address, what);
    } else if (interference.permitsRepair(List.of(address), nowNanos)) {
      putBackRemoved(loss, what);
    } else {
      interference.giveUp("another program keeps removing " + what, nowNanos);
      router.evaluate(nowNanos);
    }
  }

  /** What went before the claim, with its link for example, the claim has added anew. */
  private boolean concerns(LostAddresses.Loss loss) {
    Holdings holdings = effects.holdings();
    return loss.reportedNanos() >= holdings.claimedNanos()
        && !holdings.addresses().matching(loss.address()).isEmpty()
        && !holdings.hasLostAddresses();
  }

  private void putBackRemoved(LostAddresses.Loss loss, String what) {
    boolean isAdded = effects.restore(loss.address());
    if (isAdded || isBackUnseen(loss)) {
      router.counters().count(RouterCounter.ADDRESSES_RESTORED);
      warn(what + " was removed by another program and is put back");
    }
    // routes that went with it are asked for in the next turn
    context.tables().earliest().changed(router.deadlineNanos());
  }

  /** Another instance that has it, too, gave it up: nobody interferes. */
  private void putBackShared(LocalAddress address, String what) {
    if (effects.restore(address)) {
      warn(
          what
              + " went with another instance of this daemon that has it, too, and is put back;"
              + " write an address in one instance only");
    }
    context.tables().earliest().changed(router.deadlineNanos());
  }

  /** A refresh, or who removed it, was faster. */
  private boolean isBackUnseen(LostAddresses.Loss loss) {
    return !loss.isOwn() && !effects.holdings().addresses().matching(loss.address()).isEmpty();
  }

  /** Addresses may be refused no longer: the next attempt is made at once. */
  void configurationChanged() {
    interference.forget();
    effects.holdings().routes().forget();
  }

  /** An Active that holds none of its addresses lets another node have them. */
  void yieldWithoutAddresses(long nowNanos) {
    if (effects.holdings().isWithoutAddresses()) {
      interference.giveUp("none of the virtual addresses can be installed", nowNanos);
      router.evaluate(nowNanos);
    }
  }

  /**
   * The lease ended although the loop was awake: what is sent does not leave this host, or the
   * kernel is too slow.
   */
  void giveUpLost(long nowNanos) {
    interference.giveUp(effects.holdings().whyLost(nowNanos), nowNanos);
  }

  private void warn(String text) {
    context.ports().journal().warn(router.config().name() + ": " + text);
  }

  /**
   * Whether the router takes part on a link that has lost its name to another one, in one moment:
   * what was heard, sent and installed there says nothing of the new one.
   */
  Optional<Obstacle> formerLink() {
    Optional<Obstacle> ofSegment =
        router
            .segment()
            .flatMap(it -> passedOn(it.spec().interfaceName(), it.spec().interfaceIndex()));
    return router.machine().kind() == StateKind.INITIALIZE
        ? Optional.empty()
        : ofSegment.or(
            () ->
                effects
                    .holdings()
                    .addresses()
                    .onFormerLink(context.interfaces())
                    .flatMap(it -> passedOn(it.interfaceName(), it.interfaceIndex())));
  }

  private Optional<Obstacle> passedOn(String name, int formerIndex) {
    return context
        .interfaces()
        .heirOf(name, formerIndex)
        .map(
            heir ->
                new Obstacle(
                    Obstacle.Kind.INTERFACE_MISSING,
                    "interface "
                        + name
                        + " is another one now, number "
                        + heir.index()
                        + " instead of "
                        + formerIndex
                        + ": it begins anew there"));
  }
}
