package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.group.Member;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.machine.VirtualRouter;

/** A router's side of its sync group; without a group it changes nothing. */
final class Membership {

  private final RouterContext context;
  private final ManagedRouter router;
  private Member.Condition condition = Member.Condition.WAITING;
  private boolean wantsToRise;
  private boolean conditionChanged;
  private Optional<StateKind> left = Optional.empty();

  Membership(RouterContext context, ManagedRouter router) {
    this.context = context;
    this.router = router;
  }

  private GroupTable groups() {
    return context.tables().groups();
  }

  boolean isGrouped() {
    return groups().isGrouped(router);
  }

  /** How the router stands in its group. */
  Member describe() {
    Member.Role role =
        switch (router.machine().kind()) {
          case INITIALIZE -> Member.Role.OUT;
          case BACKUP -> Member.Role.BACKUP;
          case ACTIVE -> Member.Role.ACTIVE;
        };
    return new Member(router.config().name(), role, condition, wantsToRise);
  }

  /** Notes whether the router could run by itself, and answers what its group says against it. */
  Optional<Obstacle> judge(Readiness own) {
    Member.Condition now =
        own.isReady()
            ? Member.Condition.READY
            : own.isFault() ? Member.Condition.FAULT : Member.Condition.WAITING;
    conditionChanged |= now != condition;
    condition = now;
    return groups().obstacle(router);
  }

  /** Does what is due, or waits on for the others. */
  Step tick(VirtualRouter machine, long nowNanos) {
    boolean isDue = machine.kind() == StateKind.BACKUP && machine.deadlineNanos() <= nowNanos;
    if (isDue && router.foreigners().claim().waitsForFrame()) {
      return machine.postpone(nowNanos);
    }
    if (!isDue || !isGrouped() || groups().mayRise(router)) {
      return machine.tick(nowNanos);
    }
    wantsToRise = true;
    return machine.postpone(nowNanos);
  }

  /** Members of a group rise together, so one resumes only when the others can. */
  boolean mayResume() {
    return groups().mayResume(router);
  }

  /** Starts; an owner of addresses does not rise ahead of its group. */
  Step startup(VirtualRouter machine, long nowNanos) {
    wantsToRise = false;
    boolean mustWait =
        machine.config().effectivePriority().isOwner() && isGrouped() && !groups().mayRise(router);
    wantsToRise = mustWait;
    Step step = mustWait ? machine.startupAsBackup(nowNanos) : machine.startup(nowNanos);
    if (machine.kind() == StateKind.BACKUP) {
      groups().startsAsBackup(router, nowNanos);
    }
    return step;
  }

  /** Whether the router cannot run, or leaves an Active that it hears in its place. */
  boolean staysAway(long nowNanos) {
    VirtualRouter machine = router.machine();
    long patience = machine.activeDownNanos();
    return condition == Member.Condition.FAULT
        || machine
            .activeRouter()
            .filter(it -> !it.priority().isResign())
            .filter(it -> nowNanos - it.heardAtNanos() < patience)
            .filter(it -> machine.deadlineNanos() - it.heardAtNanos() >= patience)
            .isPresent();
  }

  /** Notes that an advertisement moved the deadline: somebody is there, who is accepted. */
  void heard(long deadlineBeforeNanos, long deadlineNanos) {
    wantsToRise &= deadlineBeforeNanos == deadlineNanos;
  }

  /** Notes a transition; the group hears of it when it is complete. */
  void transitioned(StateKind from, StateKind to) {
    if (from == StateKind.ACTIVE || to == StateKind.ACTIVE) {
      left = Optional.of(from);
    }
    if (to != StateKind.BACKUP) {
      wantsToRise = false;
    }
  }

  /** Lets the group follow what happened. */
  void settle(long nowNanos) {
    if (left.isEmpty() && !conditionChanged) {
      return;
    }
    boolean moved = left.isPresent();
    boolean changed = conditionChanged;
    left = Optional.empty();
    conditionChanged = false;
    if (!isGrouped()) {
      return;
    }
    if (changed || (moved && router.machine().kind() == StateKind.INITIALIZE)) {
      groups().conditionChanged(router, nowNanos);
    }
    if (moved && router.machine().kind() == StateKind.ACTIVE) {
      groups().rose(router, nowNanos);
    } else if (moved && router.machine().kind() == StateKind.BACKUP) {
      groups().fell(router, nowNanos);
    }
    groups().publish(router);
  }
}
