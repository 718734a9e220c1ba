package org.vipd.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.RouterState;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.Sleep;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.SendPolicy;

/** Hosts, wire and virtual time; checks the invariants that concern a single host. */
final class Lan {
  /** Bytes that every message of a scenario fits in, with something behind it. */
  static final int LONGEST_MESSAGE = 64;

  private static final long LATE_NANOS = 50_000_000L;

  final List<Node> nodes = new ArrayList<>();
  private final Referee referee;
  private final Timeline timeline;
  private final Wire wire;
  private final Calm calm;
  private long now;

  Lan(Referee referee, Random random, Scenario scenario, Timeline timeline) {
    this.referee = referee;
    this.timeline = timeline;
    this.calm = new Calm(referee, scenario);
    this.wire = new Wire(random, scenario);
    for (RouterConfig config : scenario.configs()) {
      int drift = random.nextInt(20_001) - 10_000;
      nodes.add(new Node(nodes.size(), config, drift, random.nextInt(1_000_000_000)));
    }
  }

  long now() {
    return now;
  }

  /** From now on, after every event, there has to be exactly one Active; or that ends. */
  void watch(boolean isCalm) {
    calm.watch(isCalm, now);
  }

  List<Node> active() {
    return nodes.stream().filter(Node::isActive).toList();
  }

  /** Runs everything that happens up to a true time; packets come before timers. */
  void runUntil(long end) {
    while (true) {
      Node due = earliestTimer();
      long timer = timerAt(due);
      long arrival = wire.nextAt();
      if (Math.min(timer, arrival) > end) {
        moveTo(end);
        return;
      }
      if (arrival <= timer) {
        moveTo(arrival);
        arrive(wire.take());
      } else {
        moveTo(timer);
        wake(due);
      }
      calm.afterEvent(nodes, now);
    }
  }

  private void moveTo(long time) {
    now = time;
    referee.at(now);
    calm.afterEvent(nodes, now);
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
    carryOut(node, StateKind.INITIALIZE, machine.startup(local));
    checkDeadline(node);
  }

  /** The process dies: no packet, and the addresses stay until their lease ends. */
  void crash(Node node) {
    timeline.line(now, node, "crash");
    node.isAlive = false;
    node.hasAddresses = false;
  }

  void shutdown(Node node) {
    StateKind before = node.machine.kind();
    node.expectsResignation = before == StateKind.ACTIVE;
    carryOut(node, before, node.machine.shutdown(ShutdownCause.STOPPED, node.local(now)));
    referee.check(!node.expectsResignation, Invariant.I3_SPEAKING, node, "went without priority 0");
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

  /** No losses, no copies, no stragglers and no cuts from now on. */
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
    StateKind before = node.machine.kind();
    long lease = node.machine.leaseNanos();
    Step step = node.machine.reconfigure(after, local);
    // As the daemon does: addresses under a lease of another length get it at once.
    if (node.machine.leaseNanos() != lease && node.holdsAddresses(now)) {
      node.startLease(now);
    }
    carryOut(node, before, step);
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
      StateKind before = node.machine.kind();
      carryOut(node, before, node.machine.tick(local));
    }
    checkDeadline(node);
  }

  private void noteSleep(Node node, long late) {
    StateKind before = node.machine.kind();
    long local = node.local(now);
    boolean hasLost = node.hasAddresses && !node.holdsAddresses(now);
    Step step = node.machine.wokeLate(new Sleep(late, hasLost), local);
    if (before == StateKind.BACKUP) {
      node.oracle.wokeLateAsBackup(node.config, late, local);
    } else if (before == StateKind.ACTIVE && node.machine.kind() == StateKind.BACKUP) {
      node.oracle.gaveUp(node.config, local);
    }
    carryOut(node, before, step);
  }

  private void handle(Node node, Node.Packet packet) {
    long local = node.local(now);
    StateKind before = node.machine.kind();
    RouterState state = node.machine.state();
    long deadline = node.machine.deadlineNanos();
    IpEnvelope envelope = packet.envelope();
    if (packet.isSound()) {
      expect(node, packet.said());
    }
    Step step = node.machine.received(envelope, packet.bytes(), node.policy(), local);
    boolean isSame = node.machine.state().equals(state) && step.actions().isEmpty();
    isSame &= node.machine.deadlineNanos() == deadline;
    if (packet.isSound()) {
      referee.checkHeard(node, envelope.source());
      boolean follows = node.machine.deadlineNanos() != deadline;
      note(node, packet, follows && node.machine.kind() == StateKind.BACKUP);
    } else {
      referee.check(isSame, Invariant.I6_REJECTED, node, "a packet to reject had an effect");
    }
    if (packet.isSound() && before == StateKind.ACTIVE) {
      referee.checkAsActive(node, packet.said(), envelope.source(), step);
      if (node.machine.kind() == StateKind.BACKUP) {
        node.oracle.yielded(node.config, packet.said(), local);
      }
    }
    carryOut(node, before, step);
  }

  // What the sender said, and not what the receiver's decoder made of it.
  private void expect(Node node, Advertisement advertisement) {
    if (node.machine.kind() == StateKind.BACKUP) {
      node.oracle.heardAsBackup(node.config, advertisement, node.local(now));
    } else if (node.machine.kind() == StateKind.ACTIVE) {
      node.oracle.heardAsActive();
    }
  }

  private void note(Node node, Node.Packet packet, boolean follows) {
    if (follows) {
      nodes.stream()
          .filter(sender -> sender.address.equals(packet.envelope().source()))
          .forEach(sender -> node.heard(sender, packet.number()));
    }
  }

  private void carryOut(Node node, StateKind before, Step step) {
    referee.checkOrder(node, before, step);
    Executor executor = new Executor(this, referee, timeline, node);
    for (Action action : step.actions()) {
      action.accept(executor);
    }
    boolean isActive = node.machine.kind() == StateKind.ACTIVE;
    referee.check(
        node.hasAddresses == isActive, Invariant.I2_ADDRESSES, node, "addresses out of step");
    referee.checkPromptness(node);
  }

  private void checkDeadline(Node node) {
    boolean isAhead = !node.isAlive || node.machine.deadlineNanos() > node.local(now);
    referee.check(isAhead, Invariant.I5_DEADLINE, node, "deadline is not in the future");
  }

  /** Puts an advertisement on the wire to all others. */
  void send(Node from, Priority priority) {
    RouterConfig config = from.config;
    IpAddress group = IpAddress.vrrpGroup(config.family());
    Advertisement said =
        new Advertisement(
            config.version(), config.vrid(), priority, config.interval(), config.addresses());
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_MESSAGE);
    AdvertisementEncoder.encode(said, SendPolicy.DEFAULT, from.address, group, bytes);
    bytes.flip();
    from.spoken++;
    IpEnvelope envelope = new IpEnvelope(from.address, group, 255, IpEnvelope.VRRP);
    Node.Packet packet = new Node.Packet(bytes, envelope, from.spoken, said, true);
    for (Node to : nodes) {
      if (to != from) {
        wire.carry(now, from, to, packet);
      }
    }
  }
}
