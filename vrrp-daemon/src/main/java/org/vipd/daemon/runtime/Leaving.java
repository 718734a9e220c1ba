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

  /**
   * All leases are refreshed once a second, as far as they are not longer than that: so long the
   * next refresh is waited for, that the next process may have all of them.
   */
  private static final long ROUND_NANOS = 1_100_000_000L;

  private final RouterContext context;
  private Optional<Event.LeaveRequested> asked = Optional.empty();
  private long askedNanos;

  Leaving(RouterContext context) {
    this.context = context;
  }

  /** Takes note that somebody asks for it. */
  void request(Event.LeaveRequested request) {
    boolean isFirst = asked.filter(it -> !it.answer().isDone()).isEmpty();
    if (isFirst) {
      asked = Optional.of(request);
      askedNanos = context.clock().nanos();
    }
  }

  /** Whether somebody has asked for it and has no answer yet. */
  boolean isAsked() {
    return asked.isPresent();
  }

  /** When it is to be looked at again; {@link Long#MAX_VALUE} when nobody has asked. */
  long deadlineNanos() {
    return asked.isPresent() ? askedNanos + ROUND_NANOS : Long.MAX_VALUE;
  }

  /**
   * Leaves, as somebody has asked for, when the leases are as long as they get; false when it does
   * not, or not yet.
   */
  boolean end(List<ManagedRouter> routers, long nowNanos) {
    if (!isTime(routers, nowNanos)) {
      return false;
    }
    boolean accepted = accepts(asked.orElseThrow());
    asked = Optional.empty();
    if (accepted) {
      leave(routers, nowNanos);
    }
    return accepted;
  }

  private boolean isTime(List<ManagedRouter> routers, long nowNanos) {
    return nowNanos >= deadlineNanos()
        || context.tables().leases().isRefreshedSince(askedNanos)
        || routers.stream().allMatch(it -> it.effects().holdings().addresses().leased().isEmpty());
  }

  /** Whether somebody waits to take over. */
  private boolean accepts(Event.LeaveRequested request) {
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
  private void leave(List<ManagedRouter> routers, long nowNanos) {
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

  /** Stops those that cannot be resumed; false when all can. */
  private boolean resign(List<ManagedRouter> routers, long nowNanos) {
    Map<ManagedRouter, String> given = new LinkedHashMap<>();
    for (ManagedRouter router : routers) {
      if (router.machine().kind() == StateKind.ACTIVE) {
        obstacle(router).ifPresent(why -> given.put(router, why));
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
    // the next process of an owner is Active at once
    boolean isOwner = config.election().priority().isOwner() && !router.membership().isGrouped();
    if (isOwner && held.isOfTheHost()) {
      return Optional.empty();
    }
    if (!ResumptionRule.isProof(config)) {
      return Optional.of(lease(config));
    }
    if (router.beforeRelease().isRunning()) {
      return Optional.of("it is about to resign, and before_release runs");
    }
    int count = isOwner ? held.list().size() : held.leased().size();
    boolean isWhole = count == config.addresses().size();
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
