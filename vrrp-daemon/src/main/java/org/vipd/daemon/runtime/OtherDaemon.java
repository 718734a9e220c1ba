package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.LinkState;
import org.vipd.protocol.machine.StateKind;

/**
 * Keeps a router from an address that another vipd of this network namespace has. Neither hears the
 * other's packets, so the second one finds out by the leases. See
 * docs/decisions/0040-one-daemon-of-a-namespace.md.
 */
final class OtherDaemon {

  /** The lease of one that has died ends within a few seconds. */
  private static final long AGAIN_NANOS = 1_000_000_000L;

  private final RouterContext context;
  private final ManagedRouter router;
  private Optional<Obstacle> obstacle = Optional.empty();
  private long lookNanos = Long.MAX_VALUE;
  private boolean mayBeLeft = true;

  OtherDaemon(RouterContext context, ManagedRouter router) {
    this.context = context;
    this.router = router;
  }

  /** What keeps the router from running; one that would claim at once looks before it does. */
  Optional<Obstacle> obstacle(long nowNanos) {
    boolean claimsAtOnce =
        router.machine().kind() == StateKind.INITIALIZE
            && router.config().election().priority().isOwner();
    if (obstacle.isEmpty() && claimsAtOnce) {
      find(mayBeLeft).ifPresent(it -> keepOut(it, nowNanos));
    }
    return obstacle;
  }

  /** When something is to be done, beside the claim itself. */
  long deadlineNanos() {
    return lookNanos;
  }

  /** Looks before a claim, and afterwards; true when the router has to be looked at again. */
  boolean takeDue(long nowNanos) {
    if (obstacle.isPresent()) {
      return nowNanos >= lookNanos && isRelieved(nowNanos);
    }
    return switch (router.machine().kind()) {
      case BACKUP -> router.machine().deadlineNanos() <= nowNanos && mustYield(nowNanos);
      case ACTIVE -> isRenewed(nowNanos);
      case INITIALIZE -> false;
    };
  }

  /** The router is about to claim: whether it must not. */
  boolean mustYield(long nowNanos) {
    Optional<VirtualAddressConfig> held = find(false);
    held.ifPresent(it -> keepOut(it, nowNanos));
    return held.isPresent();
  }

  private boolean isRelieved(long nowNanos) {
    lookNanos = nowNanos + AGAIN_NANOS;
    if (find(false).isPresent()) {
      return false;
    }
    end();
    String line = ": no other vipd has its addresses any more";
    context.ports().journal().info(router.config().name() + line);
    return true;
  }

  /** What this one found there, and did not add, is the other's when that goes on renewing it. */
  private boolean isRenewed(long nowNanos) {
    mayBeLeft = false;
    if (!context.interfaces().beside().hasRenewals()) {
      return false;
    }
    Holdings holdings = router.effects().holdings();
    long sinceNanos = holdings.claimedNanos();
    for (AddressInstall found : holdings.addresses().adopted()) {
      if (context.interfaces().beside().isRenewedSince(found.local(), sinceNanos)) {
        holdings.addresses().leaveAdopted();
        keepOut(found.address(), nowNanos);
        return true;
      }
    }
    return false;
  }

  /** Nothing keeps the router from running. */
  void end() {
    obstacle = Optional.empty();
    lookNanos = Long.MAX_VALUE;
  }

  private void keepOut(VirtualAddressConfig address, long nowNanos) {
    lookNanos = nowNanos + AGAIN_NANOS;
    String text =
        address.text()
            + " on "
            + router.config().deviceOf(address)
            + " has a lease that is not of this daemon: another vipd in this network namespace,"
            + " or a DHCP client, has it, or had it until a few seconds ago; this one begins a second after it has gone;"
            + " if it stays, two daemons with different runtime directories serve this instance:"
            + " stop one of them";
    obstacle = Optional.of(new Obstacle(Obstacle.Kind.OTHER_DAEMON, text));
  }

  /**
   * An address that is there by somebody else.
   *
   * @param exceptLeft whether what a former run with this ledger has added is none
   */
  private Optional<VirtualAddressConfig> find(boolean exceptLeft) {
    if (context.interfaces().beside().isEmpty()) {
      return Optional.empty();
    }
    for (VirtualAddressConfig address : router.config().addresses()) {
      Optional<LinkState> link = context.interfaces().link(router.config().deviceOf(address));
      if (link.isEmpty()) {
        continue;
      }
      AddressInstall install = new AddressInstall(link.get().index(), link.get().name(), address);
      boolean isLeft = exceptLeft && context.ports().addresses().isLeft(install);
      if (context.interfaces().beside().has(install.local()) && !isLeft) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }
}
