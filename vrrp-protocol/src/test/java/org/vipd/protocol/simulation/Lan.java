package org.vipd.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.ConflictKind;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.RouterState;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.Sleep;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.machine.TransitionReason;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.SendPolicy;

/** Hosts, wire and virtual time; checks the invariants that concern a single host. */
final class Lan {
  private static final IpAddress GROUP = IpAddress.vrrpGroup(AddressFamily.IPV4);
  private static final long ANSWER_SPACING_NANOS = 10_000_000L;
  private static final long LATE_NANOS = 50_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /** Two clocks may differ by one percent each. */
  private static final long CLOCK_TOLERANCE = 50;

  final List<Node> nodes = new ArrayList<>();
  private final long seed;
  private final Timeline timeline;
  private final Wire wire;
  private long now;
  private long lastTransition;

  Lan(long seed, Random random, Scenario scenario, Timeline timeline) {
    this.seed = seed;
    this.timeline = timeline;
    this.wire = new Wire(random, scenario);
    for (RouterConfig config : scenario.configs()) {
      int drift = random.nextInt(20_001) - 10_000;
      nodes.add(new Node(nodes.size(), config, drift, random.nextInt(1_000_000_000)));
    }
  }

  long now() {
    return now;
  }

  /** True time of the last change of state on any host. */
  long lastTransition() {
    return lastTransition;
  }

  List<Node> active() {
    return nodes.stream()
        .filter(node -> node.isAlive && node.machine.kind() == StateKind.ACTIVE)
        .toList();
  }

  /** Runs everything that happens up to a true time; packets come before timers. */
  void runUntil(long end) {
    while (true) {
      Node due = earliestTimer();
      long timer = timerAt(due);
      long arrival = wire.nextAt();
      if (Math.min(timer, arrival) > end) {
        now = end;
        return;
      }
      if (arrival <= timer) {
        now = arrival;
        arrive(wire.take());
      } else {
        now = timer;
        wake(due);
      }
    }
  }

  void start(Node node, Subject machine) {
    node.machine = machine;
    node.isAlive = true;
    node.stalledUntil = now;
    node.inbox.clear();
    node.endLease();
    node.forget();
    long local = node.local(now);
    node.oracle.started(node.config, local);
    timeline.line(now, node, "startup");
    carryOut(node, machine.startup(local), Cause.STARTUP);
    checkDeadline(node);
  }

  /** The process dies: no packet, and the addresses stay until their lease ends. */
  void crash(Node node) {
    timeline.line(now, node, "crash");
    node.isAlive = false;
    node.hasAddresses = false;
  }

  void shutdown(Node node) {
    node.expectsResignation = node.machine.kind() == StateKind.ACTIVE;
    carryOut(node, node.machine.shutdown(ShutdownCause.STOPPED, node.local(now)), Cause.SHUTDOWN);
    check(!node.expectsResignation, Invariant.I3_SPEAKING, node, "went without priority 0");
    node.isAlive = false;
  }

  void stall(Node node, long nanos) {
    timeline.line(now, node, "stalls");
    node.stalledUntil = now + nanos;
  }

  void cut(Node from, Node to, boolean isOneWay) {
    timeline.line(now, from, isOneWay ? "cannot reach a host" : "is cut from a host");
    wire.cut(from, to, isOneWay);
  }

  void mend() {
    wire.mend();
  }

  /** No losses, no copies and no cuts from now on. */
  void heal() {
    wire.heal();
    nodes.forEach(node -> node.stalledUntil = Math.min(node.stalledUntil, now));
    timeline.line(now, "heals");
  }

  void reconfigure(Node node, RouterConfig after) {
    node.config = after;
    long local = node.local(now);
    node.oracle.reconfigured(after, local);
    timeline.line(now, node, "reconfigured");
    carryOut(node, node.machine.reconfigure(after, local), Cause.RECONFIGURATION);
  }

  /** Puts bytes on one host's wire as if another had sent them. */
  void inject(Node to, Node.Packet packet) {
    wire.inject(now, to, packet);
  }

  private Node earliestTimer() {
    Node best = nodes.get(0);
    for (Node node : nodes) {
      if (timerAt(node) < timerAt(best)) {
        best = node;
      }
    }
    return best;
  }

  private long timerAt(Node node) {
    if (!node.isAlive) {
      return Long.MAX_VALUE;
    }
    long deadline = node.trueTime(node.machine.deadlineNanos());
    long wakes = node.inbox.isEmpty() ? deadline : node.stalledUntil;
    return Math.max(now, Math.max(wakes, node.stalledUntil));
  }

  private void arrive(Wire.Arrival arrival) {
    Node node = arrival.to();
    if (node.runsAt(now) && node.inbox.isEmpty()) {
      handle(node, arrival.packet());
    } else if (node.isAlive && node.inbox.size() < Node.INBOX_LIMIT) {
      node.inbox.add(arrival.packet());
    }
  }

  // A sleep is noted first, then what came in meanwhile is read, as the daemon does.
  private void wake(Node node) {
    long late = node.local(now) - node.machine.deadlineNanos();
    if (late > LATE_NANOS) {
      noteSleep(node, late);
    }
    while (!node.inbox.isEmpty()) {
      handle(node, node.inbox.remove());
    }
    long local = node.local(now);
    if (node.machine.deadlineNanos() <= local) {
      carryOut(node, node.machine.tick(local), Cause.TIMER);
    }
    checkDeadline(node);
  }

  private void noteSleep(Node node, long late) {
    StateKind before = node.machine.kind();
    long local = node.local(now);
    boolean hasLost = node.hasAddresses && !node.holdsAddresses(now);
    Step step = node.machine.wokeLate(new Sleep(late, hasLost), local);
    boolean gaveUp = before == StateKind.ACTIVE && node.machine.kind() == StateKind.BACKUP;
    boolean waits = before == StateKind.BACKUP && late >= node.oracle.activeInterval(node.config);
    if (gaveUp || waits) {
      node.oracle.wokeLate(node.config, gaveUp, local);
    }
    carryOut(node, step, Cause.TIMER);
  }

  private void handle(Node node, Node.Packet packet) {
    IpEnvelope envelope =
        new IpEnvelope(packet.source(), GROUP, packet.hopLimit(), IpEnvelope.VRRP);
    long local = node.local(now);
    DecodeResult result = AdvertisementDecoder.decode(envelope, packet.bytes(), node.policy());
    if (!(result instanceof Accepted accepted)) {
      reject(node, local);
      return;
    }
    Advertisement advertisement = accepted.advertisement();
    StateKind before = node.machine.kind();
    if (before == StateKind.BACKUP) {
      node.oracle.heardAsBackup(node.config, advertisement, local);
    }
    long deadline = node.machine.deadlineNanos();
    Step step = node.machine.advertisement(advertisement, packet.source(), local);
    if (node.machine.kind() == StateKind.BACKUP && node.machine.deadlineNanos() != deadline) {
      nodes.stream()
          .filter(sender -> sender.address.equals(packet.source()))
          .forEach(sender -> node.heard(sender, packet.number()));
    }
    if (before == StateKind.ACTIVE && node.machine.kind() == StateKind.BACKUP) {
      checkYield(node, advertisement, packet.source());
      node.oracle.yielded(node.config, advertisement, local);
    }
    carryOut(node, step, Cause.PACKET);
  }

  private void reject(Node node, long local) {
    RouterState before = node.machine.state();
    long deadline = node.machine.deadlineNanos();
    Step step = node.machine.rejected(local);
    boolean isSame = node.machine.state().equals(before) && step.actions().isEmpty();
    isSame &= node.machine.deadlineNanos() == deadline;
    check(isSame, Invariant.I6_REJECTED, node, "a rejected packet had an effect");
  }

  private void checkYield(Node node, Advertisement advertisement, IpAddress source) {
    int byPriority = advertisement.priority().compareTo(node.config.effectivePriority());
    int byAddress =
        Long.compare(source.low(), node.address.low()); // both are non-negative for IPv4
    check(
        byPriority > 0 || (byPriority == 0 && byAddress > 0),
        Invariant.YIELDING,
        node,
        "yielded to " + source + " with priority " + advertisement.priority());
  }

  private void carryOut(Node node, Step step, Cause cause) {
    Executor executor = new Executor(node, cause);
    for (Action action : step.actions()) {
      action.accept(executor);
    }
    boolean isActive = node.machine.kind() == StateKind.ACTIVE;
    check(node.hasAddresses == isActive, Invariant.I2_ADDRESSES, node, "addresses out of step");
  }

  private void checkDeadline(Node node) {
    boolean isAhead = !node.isAlive || node.machine.deadlineNanos() > node.local(now);
    check(isAhead, Invariant.I5_DEADLINE, node, "deadline is not in the future");
  }

  private void check(boolean holds, Invariant invariant, Node node, String text) {
    if (!holds) {
      throw new Violation(invariant, seed, now, node + " " + text);
    }
  }

  private void send(Node from, Priority priority) {
    RouterConfig config = from.config;
    ByteBuffer bytes = ByteBuffer.allocate(32);
    AdvertisementEncoder.encode(
        new Advertisement(
            config.version(), config.vrid(), priority, config.interval(), config.addresses()),
        SendPolicy.DEFAULT,
        from.address,
        GROUP,
        bytes);
    bytes.flip();
    from.spoken++;
    Node.Packet packet = new Node.Packet(bytes, from.address, 255, from.spoken);
    for (Node to : nodes) {
      if (to != from) {
        wire.carry(now, from, to, packet);
      }
    }
  }

  /** Why a step is carried out. */
  private enum Cause {
    STARTUP,
    SHUTDOWN,
    PACKET,
    TIMER,
    RECONFIGURATION
  }

  /** Applies actions to the virtual host and checks each against the state. */
  private final class Executor implements Action.Handler {
    private final Node node;
    private final Cause cause;

    Executor(Node node, Cause cause) {
      this.node = node;
      this.cause = cause;
    }

    @Override
    public void sendAdvertisement(Priority priority) {
      timeline.line(now, node, "advertises ", priority);
      if (priority.isResign()) {
        check(node.expectsResignation, Invariant.I3_SPEAKING, node, "sent priority 0 unasked");
        node.expectsResignation = false;
      } else {
        boolean isActive = node.machine.kind() == StateKind.ACTIVE;
        check(isActive, Invariant.I3_SPEAKING, node, "advertised outside Active");
        checkLease();
      }
      if (cause == Cause.PACKET) {
        check(
            node.oracle.answered(node.local(now)) >= ANSWER_SPACING_NANOS,
            Invariant.ANSWER_SPACING,
            node,
            "answered twice within 10 ms");
      }
      send(node, priority);
      if (node.hasAddresses && !priority.isResign()) {
        node.renewLease(now);
      }
    }

    private void checkLease() {
      boolean isLost = node.hasAddresses && !node.holdsAddresses(now);
      check(!isLost, Invariant.I7_LEASE, node, "advertised addresses that its lease took");
    }

    /** Whoever died or sleeps, and was heard to the last word, has lost the addresses by now. */
    private void checkOthersLetGo() {
      for (Node other : nodes) {
        boolean isSlow = other.config.interval().nanos() >= SECOND;
        if (isSlow && !other.runsAt(now) && node.heardTheLastOf(other)) {
          long tolerance = other.machine.leaseNanos() / CLOCK_TOLERANCE;
          boolean isGone = !other.holdsAddresses(now + tolerance);
          check(isGone, Invariant.I7_LEASE, node, "claims what " + other + " still holds");
        }
      }
    }

    @Override
    public void installAddresses() {
      check(!node.hasAddresses, Invariant.I2_ADDRESSES, node, "installed twice");
      node.hasAddresses = true;
      checkOthersLetGo();
      node.startLease(now);
    }

    @Override
    public void removeAddresses() {
      check(node.hasAddresses, Invariant.I2_ADDRESSES, node, "removed what is not there");
      node.hasAddresses = false;
      node.endLease();
    }

    @Override
    public void changeAddresses(AddressList before, AddressList after) {
      check(node.hasAddresses, Invariant.I2_ADDRESSES, node, "changed what is not there");
    }

    @Override
    public void announce(int repeat) {
      check(node.hasAddresses, Invariant.I2_ADDRESSES, node, "announced what is not there");
    }

    @Override
    public void publishTransition(StateKind from, StateKind to, TransitionReason reason) {
      lastTransition = now;
      timeline.line(now, node, to + ": ", reason);
      if (from == StateKind.BACKUP && to == StateKind.ACTIVE) {
        check(
            node.local(now) >= node.oracle.earliestPromotion(),
            Invariant.PATIENCE,
            node,
            "became Active too early");
      }
    }

    @Override
    public void reportConflict(ConflictKind kind, IpAddress address) {
      timeline.line(now, node, "conflict with ", address);
    }
  }
}
