package org.vipd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.tracking.EffectivePriority;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.ActiveRouter;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.machine.TransitionReason;
import org.vipd.protocol.machine.VirtualRouter;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.ReceivePolicy;
import org.vipd.protocol.wire.SendPolicy;

/**
 * One virtual router at work: feeds its state machine, carries out what it answers, and tells the
 * world about transitions. Owned by the loop thread.
 */
final class ManagedRouter {

  private final RouterContext context;
  private final RouterCounters counters = new RouterCounters();
  private final Rejections rejections;
  private final Oddities oddities;
  private final VirtualRouter machine;
  private final RouterEffects effects;
  private final Holdings holdings;
  private final AddressGuard guard;
  private final Chronicle chronicle;
  private final Resumption resumption;
  private final Membership membership;
  private final BeforeRelease beforeRelease;
  private final Foreigners foreigners;
  private InstanceConfig config;
  private Optional<Segment> segment = Optional.empty();
  private final LastAdvertisement heard = new LastAdvertisement();
  private IpAddress primaryAddress;
  private Protection protection;
  private ReceivePolicy receivePolicy;
  private SendPolicy sendPolicy;
  private Readiness readiness = Readiness.READY;
  private EffectivePriority priority;

  ManagedRouter(RouterContext context, InstanceConfig config, Resumption resumption) {
    this.context = context;
    this.resumption = resumption;
    this.config = config;
    this.primaryAddress = RouterSettings.unspecified(config.key().family());
    this.priority = new EffectivePriority(config.election().priority(), List.of());
    this.protection = Protection.of(config, context::utcNanos, context.ports().sequences());
    this.sendPolicy = RouterSettings.sendPolicy(config, protection, ChecksumForm.PSEUDO_HEADER);
    this.receivePolicy = RouterSettings.receivePolicy(config, protection, primaryAddress);
    this.rejections = new Rejections(context.ports().journal(), counters);
    this.oddities = new Oddities(context.ports().journal(), counters);
    this.machine =
        new VirtualRouter(RouterSettings.machine(config, priority.value(), primaryAddress));
    this.effects = new RouterEffects(context, this, counters);
    this.holdings = effects.holdings();
    this.guard = new AddressGuard(context, this, effects);
    this.chronicle = new Chronicle(context, this);
    this.membership = new Membership(context, this);
    this.beforeRelease = new BeforeRelease(context, this);
    this.foreigners = new Foreigners(context, this);
  }

  /** Looks again at interfaces, addresses and checks; starts or stops the machine accordingly. */
  void evaluate(long nowNanos) {
    ReadinessCheck check = new ReadinessCheck(context, config);
    List<Obstacle> obstacles = new ArrayList<>(check.ofNetwork());
    Optional<Obstacle> former = guard.formerLink();
    former.ifPresent(obstacles::add);
    boolean networkReady = obstacles.isEmpty();
    if (networkReady) {
      obstacles.addAll(check.ofMessageSize(protection.authentication()));
      useAddress(check.primaryAddress().orElseThrow(), obstacles);
    }
    guard.obstacle(nowNanos).ifPresent(obstacles::add);
    foreigners.obstacle(networkReady, nowNanos).ifPresent(obstacles::add);
    // whose process was the Active a moment ago goes on until a check says otherwise
    boolean goesOn = machine.kind() != StateKind.INITIALIZE || hasChanceToResume();
    obstacles.addAll(check.ofChecks(goesOn));
    beforeRelease.explain(obstacles);
    membership.judge(new Readiness(obstacles)).ifPresent(obstacles::add);
    readiness = new Readiness(obstacles);
    changePriority(check.effectivePriority());
    RouterConfig wanted = RouterSettings.machine(config, priority.value(), primaryAddress);
    // the first comparison costs milliseconds, which a first packet would wait for (decision 0008)
    if (machine.kind() == StateKind.INITIALIZE || !wanted.equals(machine.config())) {
      perform(machine.reconfigure(wanted, nowNanos));
    }
    applyReadiness(nowNanos);
    if (!networkReady) {
      leaveSegment();
    }
    effects.announceChangedHardware();
    settle(nowNanos);
    former.ifPresent(it -> evaluate(nowNanos));
  }

  private void applyReadiness(long nowNanos) {
    if (readiness.isReady()) {
      if (machine.kind() == StateKind.INITIALIZE) {
        effects.prepareToSend();
        boolean resumes = membership.mayResume() && resumption.takeChance(config);
        perform(resumes ? machine.resume(nowNanos) : membership.startup(machine, nowNanos));
        foreigners.claim().begin(nowNanos);
      }
    } else if (machine.kind() != StateKind.INITIALIZE
        && !beforeRelease.holdsBack(readiness, nowNanos)) {
      perform(machine.shutdown(readiness.shutdownCause(), nowNanos));
    }
  }

  private void changePriority(EffectivePriority now) {
    boolean isOther = now.value().value() != priority.value().value();
    priority = now;
    if (isOther) {
      chronicle.priorityChanged(now);
    }
  }

  private void useAddress(IpAddress address, List<Obstacle> obstacles) {
    if (!address.equals(primaryAddress)) {
      primaryAddress = address;
      receivePolicy = RouterSettings.receivePolicy(config, protection, primaryAddress);
    }
    LinkState link = context.interfaces().link(config.key().interfaceName()).orElseThrow();
    ChannelSpec spec = RouterSettings.channel(config, link, primaryAddress);
    if (segment.isPresent() && segment.get().spec().equals(spec) && !segment.get().isBroken()) {
      return;
    }
    leaveSegment();
    try {
      segment = Optional.of(context.tables().segments().attach(spec, this));
    } catch (PortException e) {
      obstacles.add(new Obstacle(Obstacle.Kind.CHANNEL, "waiting for a socket: " + e.getMessage()));
    }
  }

  private void leaveSegment() {
    segment.ifPresent(it -> context.tables().segments().detach(it, this));
    segment = Optional.empty();
  }

  /** Takes a packet that carries our VRID. */
  void received(IpEnvelope envelope, ByteBuffer payload) {
    long nowNanos = context.arrivals().nanos();
    DecodeResult result = AdvertisementDecoder.decode(envelope, payload, receivePolicy);
    if (result instanceof DecodeResult.Accepted accepted) {
      accept(accepted, envelope.source(), nowNanos);
    } else if (result instanceof DecodeResult.Rejected rejected) {
      rejections.take(rejected, envelope, config, nowNanos);
      foreigners.rejected(envelope.source(), rejected.text(), nowNanos);
    }
  }

  private void accept(DecodeResult.Accepted accepted, IpAddress source, long nowNanos) {
    heard.take(accepted.advertisement(), source, nowNanos);
    foreigners.accepted(nowNanos);
    oddities.take(accepted, source, config, nowNanos);
    counters.accepted(config, accepted);
    if (machine.kind() == StateKind.ACTIVE && holdings.hasLostAddresses()) {
      // after a sleep: what has been lost must not be defended
      loseAddresses(context.clock().nanos());
    }
    chronicle.heard(source, accepted.advertisement().priority(), priority, nowNanos);
    long deadlineNanos = machine.deadlineNanos();
    perform(machine.onAdvertisement(accepted.advertisement(), source, nowNanos));
    // who moves the deadline is followed; somebody of lower priority is merely heard
    boolean isFollowed =
        machine.kind() == StateKind.BACKUP && machine.deadlineNanos() > deadlineNanos;
    if (accepted.form() != sendPolicy.form() && isFollowed) {
      sendPolicy = RouterSettings.sendPolicy(config, protection, accepted.form());
    }
    membership.heard(deadlineNanos, machine.deadlineNanos());
    settle(nowNanos);
  }

  /** Does what is due; an Active whose lease has ended must not advertise what it has lost. */
  void tick(long nowNanos) {
    if (machine.kind() == StateKind.ACTIVE && holdings.hasLostAddresses()) {
      loseAddresses(context.clock().nanos());
      return;
    }
    if (foreigners.takeDue(nowNanos) || beforeRelease.takeDue(nowNanos)) {
      evaluate(nowNanos);
    }
    if (holdings.cadence().earlyAtNanos() <= nowNanos) {
      perform(machine.advertiseEarly(holdings.cadence().earlyAtNanos(), nowNanos));
    }
    perform(membership.tick(machine, nowNanos));
    effects.continueInstalling(nowNanos);
    settle(nowNanos);
  }

  /** Becomes Active, or Backup, because of another member of its group. */
  void follow(Function<VirtualRouter, Step> move, long nowNanos) {
    perform(move.apply(machine));
    settle(nowNanos);
  }

  private void loseAddresses(long nowNanos) {
    long lateNanos = Math.max(holdings.stalledNanos(), nowNanos - machine.deadlineNanos());
    if (lateNanos < RouterTable.LATE_NANOS) {
      guard.giveUpLost(nowNanos);
      evaluate(nowNanos);
    } else {
      wokeLate(lateNanos, nowNanos);
    }
  }

  /** The host slept through a deadline. */
  void wokeLate(long lateNanos, long nowNanos) {
    boolean hasLost = machine.kind() == StateKind.ACTIVE && holdings.hasLostAddresses();
    perform(machine.wokeLate(context.stalls().sleep(lateNanos, hasLost, nowNanos), nowNanos));
    settle(nowNanos);
  }

  long deadlineNanos() {
    long waiting = Math.min(beforeRelease.deadlineNanos(), foreigners.deadlineNanos());
    long election = Math.min(machine.deadlineNanos(), holdings.cadence().earlyAtNanos());
    return Math.min(waiting, Math.min(election, holdings.continueAtNanos()));
  }

  void channelFailed(String cause) {
    context.ports().journal().warn(config.name() + ": socket failed: " + cause);
  }

  /** Gives up the routes and addresses that a new definition no longer has. */
  void release(InstanceConfig after) {
    holdings.release(after);
  }

  /** Takes a new definition of the same router without leaving its state. */
  void redefine(InstanceConfig after, long nowNanos) {
    boolean advertisesTheSame = after.advertisedAddresses().equals(config.advertisedAddresses());
    config = after;
    guard.configurationChanged();
    foreigners.claim().retry();
    Protection before = protection;
    protection = protection.redefined(after, context::utcNanos);
    if (protection != before) {
      leaveSegment();
    }
    sendPolicy = RouterSettings.sendPolicy(after, protection, sendPolicy.form());
    receivePolicy = RouterSettings.receivePolicy(after, protection, primaryAddress);
    effects.configurationChanged();
    if (machine.kind() == StateKind.ACTIVE && advertisesTheSame) {
      // without an address it would have to go; another lease comes when others know the interval
      effects.adjustAddresses();
    }
    evaluate(nowNanos);
    if (machine.kind() == StateKind.ACTIVE) {
      effects.reconcileAddresses();
    }
    perform(Step.stay(machine.state()));
  }

  /** Ends the router; an Active resigns and takes its addresses away. */
  void stop(ShutdownCause cause, long nowNanos) {
    perform(machine.shutdown(cause, nowNanos));
    foreigners.end();
    leaveSegment();
    chronicle.end(cause != ShutdownCause.STOPPED, cause.text(), priority, nowNanos);
  }

  /** Asks again for addresses that the kernel refused. */
  void repairAddresses() {
    if (machine.kind() == StateKind.ACTIVE) {
      effects.reconcileAddresses();
    }
  }

  /** Another program removed an address: it is put back, or given up. */
  void addressRemoved(LostAddresses.Loss loss, long nowNanos) {
    if (machine.kind() == StateKind.ACTIVE) {
      guard.putBack(loss, nowNanos);
    }
  }

  private void perform(Step step) {
    holdings.decided();
    List<Action> actions = step.actions();
    for (int i = 0; i < actions.size(); i++) {
      actions.get(i).accept(effects);
    }
    holdings.cadence().follow(machine.state(), context.clock().nanos());
    context.tables().earliest().changed(deadlineNanos());
  }

  /** Called by the effects when the machine changed its state. */
  void transitioned(StateKind from, StateKind to, TransitionReason because) {
    chronicle.transitioned(because);
    membership.transitioned(from, to);
    if (to == StateKind.ACTIVE) {
      counters.count(RouterCounter.BECAME_MASTER);
    } else if (from == StateKind.ACTIVE) {
      counters.count(RouterCounter.RELEASED_MASTER);
      beforeRelease.released(context.clock().nanos());
    }
  }

  /** Publishes the state shown to operators when it is another one than before. */
  private void settle(long nowNanos) {
    if (machine.kind() == StateKind.ACTIVE) {
      guard.yieldWithoutAddresses(nowNanos);
    }
    chronicle.settle(priority, nowNanos);
    membership.settle(nowNanos);
  }

  InstanceConfig config() {
    return config;
  }

  BeforeRelease beforeRelease() {
    return beforeRelease;
  }

  Foreigners foreigners() {
    return foreigners;
  }

  Membership membership() {
    return membership;
  }

  Optional<Segment> segment() {
    return segment;
  }

  IpAddress primaryAddress() {
    return primaryAddress;
  }

  SendPolicy sendPolicy() {
    return sendPolicy;
  }

  Protection protection() {
    return protection;
  }

  VirtualRouter machine() {
    return machine;
  }

  RouterCounters counters() {
    return counters;
  }

  Rejections rejections() {
    return rejections;
  }

  /** Whose advertisement was accepted last, also while this router does not run. */
  Optional<ActiveRouter> heard() {
    return heard.sender();
  }

  Readiness readiness() {
    return readiness;
  }

  /** What is told of it, and why it is in its state. */
  Chronicle chronicle() {
    return chronicle;
  }

  /** What an operator sees. */
  RouterView view() {
    return chronicle.view(priority);
  }

  boolean hasChanceToResume() {
    return resumption.hasChance(config);
  }

  /** What it has in the kernel. */
  RouterEffects effects() {
    return effects;
  }
}
