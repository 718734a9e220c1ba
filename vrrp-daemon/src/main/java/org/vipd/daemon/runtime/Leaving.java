package org.vipd.daemon.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Event;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.StateKind;

/**
 * Leaves the addresses to the next process, which resumes. What it cannot resume is given up in
 * order, as at a stop: others would claim it before the kernel takes it away.
 */
final class Leaving {

  private static final double NANOS_PER_SECOND = 1e9;

  /** For what a resignation tells and runs: the leases of the others go on meanwhile. */
  private static final long GRACE_NANOS = 300_000_000L;

  private final RouterContext context;

  Leaving(RouterContext context) {
    this.context = context;
  }

  /** Whether somebody waits to take over. */
  boolean accepts(Event.LeaveRequested request) {
    boolean accepts = request.accept();
    if (!accepts) {
      context
          .ports()
          .journal()
          .warn("not leaving: whoever asked for it no longer waits for the answer");
    }
    return accepts;
  }

  /** Ends without a word, as far as the patience of the others lasts as long as the addresses. */
  void end(List<ManagedRouter> routers, long nowNanos) {
    context.ports().journal().info("leaving: the next process takes over");
    context.ports().service().stopping();
    boolean hasResigned = resign(routers, nowNanos);
    context.tables().removals().finish();
    context.tables().segments().close();
    if (hasResigned) {
      context.ports().notices().stop(GRACE_NANOS);
    }
    context.ports().scripts().stop(hasResigned ? GRACE_NANOS : 0);
  }

  /** Stops those that cannot be resumed, renews the leases of the others; false when all can. */
  private boolean resign(List<ManagedRouter> routers, long nowNanos) {
    Map<ManagedRouter, String> given = new LinkedHashMap<>();
    for (ManagedRouter router : routers) {
      if (router.machine().kind() == StateKind.ACTIVE) {
        obstacle(router).ifPresent(why -> given.put(router, why));
      }
    }
    for (ManagedRouter router : routers) {
      if (router.machine().kind() == StateKind.ACTIVE && !given.containsKey(router)) {
        router.effects().holdings().renewForNext();
      }
    }
    if (!given.isEmpty()) {
      context.ports().journal().warn("not left to the next process, but given up: " + text(given));
      given.forEach((router, why) -> resign(router, why, nowNanos));
    }
    return !given.isEmpty();
  }

  private void resign(ManagedRouter router, String why, long nowNanos) {
    Cause cause =
        new Cause(Cause.Kind.OPERATOR, "the next process takes over and cannot resume it: " + why);
    context.tables().occasion().begin(cause);
    try {
      router.stop(ShutdownCause.STOPPED, nowNanos);
    } catch (RuntimeException e) {
      context.ports().journal().error(router.config().name() + ": stopped badly: " + e);
    } finally {
      context.tables().occasion().end();
    }
  }

  /** Why the next process could not go on as this Active; members of a group resume together. */
  private Optional<String> obstacle(ManagedRouter router) {
    Optional<String> own = ownObstacle(router);
    if (own.isPresent()) {
      return own;
    }
    for (ManagedRouter other : context.tables().groups().others(router)) {
      Optional<String> why =
          other.machine().kind() == StateKind.ACTIVE
              ? ownObstacle(other)
              : Optional.of("this process is not its Active");
      if (why.isPresent()) {
        return Optional.of(other.config().name() + " of its group cannot be resumed: " + why.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> ownObstacle(ManagedRouter router) {
    InstanceConfig config = router.config();
    HeldAddresses held = router.effects().holdings().addresses();
    boolean isOwner = config.election().priority().isOwner();
    if (isOwner && !router.membership().isGrouped() && held.isOfTheHost()) {
      // the next process is Active at once, and this host has the addresses in any case
      return Optional.empty();
    }
    if (!ResumptionRule.isProof(config)) {
      return Optional.of(lease(config));
    }
    boolean isWhole = held.leased().size() == config.addresses().size();
    return isWhole && !config.addresses().isEmpty()
        ? Optional.empty()
        : Optional.of(
            config.addresses().isEmpty()
                ? "it has no address whose lease would tell"
                : "it has not all of its addresses");
  }

  private static String lease(InstanceConfig config) {
    Lease lease = config.election().lease();
    return lease.isOn()
        ? "its lease of "
            + lease.seconds()
            + " s is longer than the "
            + ResumptionRule.patienceNanos(config) / NANOS_PER_SECOND
            + " s that others wait"
        : "vipd_lease off leaves its addresses without one";
  }

  private static String text(Map<ManagedRouter, String> given) {
    StringBuilder text = new StringBuilder();
    given.forEach(
        (router, why) ->
            text.append(text.isEmpty() ? "" : "; ")
                .append(router.config().name())
                .append(": ")
                .append(why));
    return text.toString();
  }
}
