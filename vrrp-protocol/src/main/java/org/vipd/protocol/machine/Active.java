package org.vipd.protocol.machine;

import java.util.ArrayList;
import java.util.List;
import org.vipd.protocol.machine.Action.Announce;
import org.vipd.protocol.machine.Action.ChangeAddresses;
import org.vipd.protocol.machine.Action.InstallAddresses;
import org.vipd.protocol.machine.Action.PublishTransition;
import org.vipd.protocol.machine.Action.RemoveAddresses;
import org.vipd.protocol.machine.Action.ReportConflict;
import org.vipd.protocol.machine.Action.SendAdvertisement;
import org.vipd.protocol.machine.TransitionReason.Outranked;
import org.vipd.protocol.machine.TransitionReason.Overslept;
import org.vipd.protocol.machine.TransitionReason.Shutdown;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.Advertisement;

/**
 * Holding the virtual addresses (RFC 9568 section 6.4.3).
 *
 * @param advertiseAtNanos when the next advertisement is due
 * @param answerReadyNanos before this time no advertisement is answered
 * @param plan when addresses are announced next
 * @param heard the last advertisement of another router
 */
public record Active(
    long advertiseAtNanos, long answerReadyNanos, AnnouncePlan plan, LastHeard heard)
    implements RouterState {
  private static final ActionLists ADVERTISE = new ActionLists();

  /** Enters the state: advertise, install, announce, publish. */
  static Step promote(
      RouterConfig config,
      StateKind from,
      LastHeard heard,
      TransitionReason reason,
      long nowNanos) {
    RouterState next =
        new Active(
            nowNanos + config.interval().nanos(),
            nowNanos,
            AnnouncePlan.onPromotion(config.announcePolicy(), nowNanos),
            heard);
    return new Step(
        next,
        List.of(
            new SendAdvertisement(config.effectivePriority()),
            new InstallAddresses(),
            new Announce(config.announcePolicy().repeat()),
            new PublishTransition(from, StateKind.ACTIVE, reason)));
  }

  @Override
  public StateKind kind() {
    return StateKind.ACTIVE;
  }

  @Override
  public long deadlineNanos() {
    return Math.min(advertiseAtNanos, plan.deadlineNanos());
  }

  @Override
  public Step startup(RouterConfig config, long nowNanos) {
    return Step.stay(this);
  }

  @Override
  public Step resume(RouterConfig config, long nowNanos) {
    return Step.stay(this);
  }

  @Override
  public Step shutdown(RouterConfig config, ShutdownCause cause, long nowNanos) {
    Action publish =
        new PublishTransition(StateKind.ACTIVE, StateKind.INITIALIZE, new Shutdown(cause));
    List<Action> actions =
        cause.isAnnounced()
            ? List.of(new SendAdvertisement(Priority.RESIGN), new RemoveAddresses(), publish)
            : List.of(new RemoveAddresses(), publish);
    return new Step(Initialize.INSTANCE, actions);
  }

  @Override
  public Step advertisement(
      RouterConfig config, Advertisement advertisement, IpAddress source, long nowNanos) {
    ActiveRouter sender =
        new ActiveRouter(source, advertisement.priority(), advertisement.interval(), nowNanos);
    Priority ours = config.effectivePriority();
    boolean ownersMeet = ours.isOwner() && sender.priority().isOwner();
    int byPriority = sender.priority().compareTo(ours);
    int byAddress = source.compareTo(config.primaryAddress());
    if (byPriority == 0 && byAddress == 0) {
      return new Step(this, List.of(new ReportConflict(ConflictKind.SAME_ADDRESS, source)));
    }
    boolean isOutranked = byPriority > 0 || (byPriority == 0 && byAddress > 0);
    boolean yields = !ours.isOwner() || config.election().behaviour().ownerYields();
    if (isOutranked && yields) {
      return yieldTo(config, sender, ownersMeet);
    }
    return ownersMeet ? meetOwner(config, sender) : hold(config, sender);
  }

  @Override
  public Step tick(RouterConfig config, long nowNanos) {
    boolean advertises = advertiseAtNanos <= nowNanos;
    if (!plan.isDue(nowNanos)) {
      return advertises
          ? new Step(
              new Active(nextAdvertisement(config, nowNanos), answerReadyNanos, plan, heard),
              ADVERTISE.with(config.effectivePriority()))
          : Step.stay(this);
    }
    AnnouncePolicy policy = config.announcePolicy();
    Action announce = new Announce(plan.dueRepeat(policy, nowNanos));
    AnnouncePlan nextPlan = plan.afterDue(policy, nowNanos);
    return advertises
        ? new Step(
            new Active(nextAdvertisement(config, nowNanos), answerReadyNanos, nextPlan, heard),
            List.of(new SendAdvertisement(config.effectivePriority()), announce))
        : new Step(
            new Active(advertiseAtNanos, answerReadyNanos, nextPlan, heard), List.of(announce));
  }

  /**
   * One that lost its addresses, or was silent for longer than others wait, gives up: it listens as
   * after a start, and claims again or follows. A shorter sleep changes nothing.
   */
  @Override
  public Step wokeLate(RouterConfig config, Sleep sleep, long nowNanos) {
    long silence = nowNanos - (advertiseAtNanos - config.interval().nanos());
    boolean wasMissed = silence >= config.downTimerAdverts() * config.interval().nanos();
    if (!wasMissed && !sleep.hasLostAddresses()) {
      return Step.stay(this);
    }
    RouterState next =
        new Backup(
            nowNanos + config.activeDownNanos(config.interval()),
            config.interval(),
            heard,
            Backup.NOT_WAITING,
            Listening.after(sleep, nowNanos));
    return new Step(
        next,
        List.of(
            new RemoveAddresses(),
            new PublishTransition(
                StateKind.ACTIVE, StateKind.BACKUP, new Overslept(silence, sleep))));
  }

  /**
   * Keeps the state; a shorter interval takes effect at once, new addresses are announced. A longer
   * one is told at once: until the others know it they wait by the shorter one, and the lease of
   * the addresses must not be longer than that.
   */
  @Override
  public Step reconfigure(RouterConfig before, RouterConfig after, long nowNanos) {
    boolean isSlower = after.interval().nanos() > before.interval().nanos();
    long inAnInterval = nowNanos + after.interval().nanos();
    RouterState next =
        new Active(
            isSlower ? inAnInterval : Math.min(advertiseAtNanos, inAnInterval),
            answerReadyNanos,
            plan.under(after.announcePolicy(), nowNanos),
            heard);
    List<Action> actions = new ArrayList<>();
    if (isSlower) {
      actions.add(new SendAdvertisement(after.effectivePriority()));
    }
    if (!after.addresses().sameMembersAs(before.addresses())) {
      actions.add(new ChangeAddresses(before.addresses(), after.addresses()));
      if (!before.addresses().asList().containsAll(after.addresses().asList())) {
        actions.add(new Announce(after.announcePolicy().repeat()));
      }
    }
    return new Step(next, actions);
  }

  /** Advertises before it is due; what follows is counted from the given time. */
  Step early(RouterConfig config, long countedFromNanos, long nowNanos) {
    long interval = config.interval().nanos();
    long next = countedFromNanos + interval;
    return new Step(
        new Active(next > nowNanos ? next : nowNanos + interval, answerReadyNanos, plan, heard),
        ADVERTISE.with(config.effectivePriority()));
  }

  // No drift: the next one is counted from the deadline, unless that is already past as well.
  private long nextAdvertisement(RouterConfig config, long nowNanos) {
    long interval = config.interval().nanos();
    long next = advertiseAtNanos + interval;
    return next > nowNanos ? next : nowNanos + interval;
  }

  /** Goes back to Backup without priority 0. */
  Step demoted(RouterConfig config, TransitionReason reason, long nowNanos) {
    RouterState next =
        new Backup(
            nowNanos + config.activeDownNanos(config.interval()),
            config.interval(),
            heard,
            Backup.NOT_WAITING,
            Listening.from(nowNanos));
    return new Step(
        next,
        List.of(
            new RemoveAddresses(),
            new PublishTransition(StateKind.ACTIVE, StateKind.BACKUP, reason)));
  }

  /** Goes back to Backup with priority 0, so that another takes over at once. */
  Step resigned(RouterConfig config, TransitionReason reason, long nowNanos) {
    Step silent = demoted(config, reason, nowNanos);
    List<Action> actions = new ArrayList<>();
    actions.add(new SendAdvertisement(Priority.RESIGN));
    actions.addAll(silent.actions());
    return new Step(silent.next(), actions);
  }

  private Step yieldTo(RouterConfig config, ActiveRouter winner, boolean ownersMeet) {
    RouterState next =
        new Backup(
            winner.heardAtNanos() + config.activeDownNanos(winner.interval()),
            winner.interval(),
            winner,
            Backup.NOT_WAITING,
            Listening.from(winner.heardAtNanos()));
    Action publish =
        new PublishTransition(
            StateKind.ACTIVE,
            StateKind.BACKUP,
            new Outranked(winner.address(), winner.priority(), config.effectivePriority()));
    return new Step(
        next,
        ownersMeet
            ? List.of(
                new RemoveAddresses(),
                publish,
                new ReportConflict(ConflictKind.OWNER, winner.address()))
            : List.of(new RemoveAddresses(), publish));
  }

  private Step meetOwner(RouterConfig config, ActiveRouter sender) {
    Step held = hold(config, sender);
    List<Action> actions = new ArrayList<>(held.actions());
    actions.add(new ReportConflict(ConflictKind.OWNER, sender.address()));
    return new Step(held.next(), actions);
  }

  /** Stays Active against a router that must not be: RFC 9568 answers it at once. */
  private Step hold(RouterConfig config, ActiveRouter sender) {
    long now = sender.heardAtNanos();
    boolean answers =
        (config.answersLosing() || sender.priority().isResign()) && now >= answerReadyNanos;
    boolean announces = plan.mayAnswerRival(config.announcePolicy(), now);
    RouterState next =
        new Active(
            answers ? now + config.interval().nanos() : advertiseAtNanos,
            answers ? now + config.election().behaviour().answerSpacingNanos() : answerReadyNanos,
            announces ? plan.afterRival(config.announcePolicy(), now) : plan,
            sender);
    if (!announces) {
      return answers ? new Step(next, ADVERTISE.with(config.effectivePriority())) : Step.stay(next);
    }
    Action announce = new Announce(config.announcePolicy().lowerPriorityRepeat());
    return new Step(
        next,
        answers
            ? List.of(new SendAdvertisement(config.effectivePriority()), announce)
            : List.of(announce));
  }
}
