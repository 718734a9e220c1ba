package org.vipd.protocol.simulation;

import java.util.List;
import java.util.Set;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.Action.Announce;
import org.vipd.protocol.machine.Action.InstallAddresses;
import org.vipd.protocol.machine.Action.PublishTransition;
import org.vipd.protocol.machine.Action.RemoveAddresses;
import org.vipd.protocol.machine.Action.ReportConflict;
import org.vipd.protocol.machine.Action.SendAdvertisement;
import org.vipd.protocol.machine.Active;
import org.vipd.protocol.machine.ActiveRouter;
import org.vipd.protocol.machine.Backup;
import org.vipd.protocol.machine.LastHeard;
import org.vipd.protocol.machine.Silence;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;

/** Holds what a host does against what it should do; breaks the run off at the first difference. */
final class Referee {
  /** The spacing of immediate answers in every scenario. */
  private static final long ANSWER_SPACING_NANOS = 10_000_000L;

  private static final List<Class<?>> PROMOTION =
      List.of(
          SendAdvertisement.class, InstallAddresses.class, Announce.class, PublishTransition.class);
  private static final List<Class<?>> RESIGNATION =
      List.of(SendAdvertisement.class, RemoveAddresses.class, PublishTransition.class);

  private final long seed;
  private final Set<Invariant> heeded;
  private long now;

  Referee(long seed, Set<Invariant> heeded) {
    this.seed = seed;
    this.heeded = heeded;
  }

  void at(long trueNanos) {
    now = trueNanos;
  }

  void check(boolean holds, Invariant invariant, Object who, String text) {
    if (!holds && heeded.contains(invariant)) {
      throw new Violation(invariant, seed, now, who + " " + text);
    }
  }

  /** Advertise, install, announce, publish when it becomes Active; the reverse when it stops. */
  void checkOrder(Node node, StateKind before, Step step) {
    StateKind after = node.machine.kind();
    if (before == after) {
      return;
    }
    List<Class<?>> order = step.actions().stream().<Class<?>>map(Action::getClass).toList();
    if (before != StateKind.ACTIVE && after == StateKind.ACTIVE) {
      check(order.equals(PROMOTION), Invariant.ORDER, node, "was promoted by " + order);
    } else if (before == StateKind.ACTIVE && after == StateKind.INITIALIZE) {
      check(order.equals(RESIGNATION), Invariant.ORDER, node, "resigned by " + order);
    }
  }

  /** A Backup is due when the expectation says, and not later. */
  void checkPromptness(Node node) {
    boolean isBackup = node.isAlive && node.machine.kind() == StateKind.BACKUP;
    check(
        !isBackup || node.machine.deadlineNanos() <= node.oracle.duePromotion(),
        Invariant.PROMPTNESS,
        node,
        "waits longer than it should");
  }

  /** Every state remembers whom it heard last, and when: an accepted packet leaves that trace. */
  void checkHeard(Node node, IpAddress source) {
    LastHeard last =
        switch (node.machine.kind()) {
          case ACTIVE -> ((Active) node.machine.state()).heard();
          case BACKUP -> ((Backup) node.machine.state()).heard();
          case INITIALIZE -> new Silence(now);
        };
    boolean isHeard =
        last instanceof ActiveRouter router
            && router.address().equals(source)
            && router.heardAtNanos() == node.local(now);
    check(isHeard, Invariant.HEARING, node, "was deaf to a sound packet");
  }

  /** An Active yields to whom it must, answers the others, and names a second owner. */
  void checkAsActive(Node node, Advertisement heard, IpAddress source, Step step) {
    int byPriority = heard.priority().compareTo(node.config.effectivePriority());
    boolean isOutranked = byPriority > 0 || (byPriority == 0 && isAbove(source, node.address));
    boolean yields = node.machine.kind() == StateKind.BACKUP;
    check(!yields || isOutranked, Invariant.YIELDING, node, "yielded without need");
    if (!yields) {
      checkAnswer(node, heard, isOutranked, step);
    }
    boolean ownersMeet = byPriority == 0 && heard.priority().isOwner();
    check(
        ownersMeet == step.actions().stream().anyMatch(ReportConflict.class::isInstance),
        Invariant.CONFLICT,
        node,
        ownersMeet ? "did not report another owner" : "reported a conflict that is none");
  }

  private void checkAnswer(Node node, Advertisement heard, boolean isOutranked, Step step) {
    long now = node.local(this.now);
    boolean mayAnswer = node.oracle.sinceAnswer(now) >= ANSWER_SPACING_NANOS;
    boolean answers = step.actions().stream().anyMatch(SendAdvertisement.class::isInstance);
    check(mayAnswer || !answers, Invariant.ANSWER_SPACING, node, "answered twice within 10 ms");
    boolean isAnswerable = node.config.answersLosing() || heard.priority().isResign();
    if (mayAnswer && !isOutranked) {
      check(
          answers == isAnswerable,
          Invariant.ANSWERING,
          node,
          answers ? "answered" : "did not answer");
    }
    if (answers) {
      node.oracle.answered(now);
    }
  }

  private static boolean isAbove(IpAddress one, IpAddress other) {
    int high = Long.compareUnsigned(one.high(), other.high());
    return high > 0 || (high == 0 && Long.compareUnsigned(one.low(), other.low()) > 0);
  }
}
