package org.vipd.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.ConflictKind;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.RouterState;
import org.vipd.protocol.machine.ShutdownCause;
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

  final List<Node> nodes = new ArrayList<>();
  private final long seed;
  private final Random random;
  private final Scenario scenario;
  private final Timeline timeline;
  private final boolean[][] isCut;
  private final PriorityQueue<Arrival> wire = new PriorityQueue<>();
  private int lossPercent;
  private int duplicatePercent;
  private long now;
  private long arrivals;
  private long lastTransition;

  private record Arrival(long at, long number, Node to, Node.Packet packet)
      implements Comparable<Arrival> {
    @Override
    public int compareTo(Arrival other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }
  }

  Lan(long seed, Random random, Scenario scenario, Timeline timeline) {
    this.seed = seed;
    this.random = random;
    this.scenario = scenario;
    this.timeline = timeline;
    this.isCut = new boolean[scenario.configs().size()][scenario.configs().size()];
    this.lossPercent = scenario.lossPercent();
    this.duplicatePercent = scenario.duplicatePercent();
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
      long arrival = wire.isEmpty() ? Long.MAX_VALUE : wire.peek().at();
      if (Math.min(timer, arrival) > end) {
        now = end;
        return;
      }
      if (arrival <= timer) {
        now = arrival;
        arrive(wire.remove());
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
    long local = node.local(now);
    node.oracle.started(node.config, local);
    timeline.line(now, node, "startup");
    carryOut(node, machine.startup(local), Cause.STARTUP);
    checkDeadline(node);
  }

  /** The process dies: no packet, and the kernel lease takes the addresses away. */
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
    isCut[from.index][to.index] = true;
    if (!isOneWay) {
      isCut[to.index][from.index] = true;
    }
  }

  void mend() {
    for (boolean[] row : isCut) {
      java.util.Arrays.fill(row, false);
    }
  }

  /** No losses, no copies and no cuts from now on. */
  void heal() {
    mend();
    lossPercent = 0;
    duplicatePercent = 0;
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
    wire.add(new Arrival(now, arrivals++, to, packet));
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

  private void arrive(Arrival arrival) {
    Node node = arrival.to();
    if (node.runsAt(now) && node.inbox.isEmpty()) {
      handle(node, arrival.packet());
    } else if (node.isAlive && node.inbox.size() < Node.INBOX_LIMIT) {
      node.inbox.add(arrival.packet());
    }
  }

  // What came in during a stall is read first, as the daemon does.
  private void wake(Node node) {
    while (!node.inbox.isEmpty()) {
      handle(node, node.inbox.remove());
    }
    long local = node.local(now);
    if (node.machine.deadlineNanos() <= local) {
      carryOut(node, node.machine.tick(local), Cause.TIMER);
    }
    checkDeadline(node);
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
    Step step = node.machine.advertisement(advertisement, packet.source(), local);
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
    check(
        step.actions().isEmpty()
            && node.machine.state().equals(before)
            && node.machine.deadlineNanos() == deadline,
        Invariant.I6_REJECTED,
        node,
        "a rejected packet had an effect");
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
    check(
        !node.isAlive || node.machine.deadlineNanos() > node.local(now),
        Invariant.I5_DEADLINE,
        node,
        "deadline is not in the future");
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
    Node.Packet packet = new Node.Packet(bytes, from.address, 255);
    for (Node to : nodes) {
      if (to != from && !isCut[from.index][to.index]) {
        transmit(to, packet);
        if (random.nextInt(100) < duplicatePercent) {
          transmit(to, packet);
        }
      }
    }
  }

  private void transmit(Node to, Node.Packet packet) {
    if (random.nextInt(100) >= lossPercent) {
      long delay = 1 + (long) (random.nextDouble() * scenario.maximumDelayNanos());
      wire.add(new Arrival(now + delay, arrivals++, to, packet));
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
      }
      if (cause == Cause.PACKET) {
        check(
            node.oracle.answered(node.local(now)) >= ANSWER_SPACING_NANOS,
            Invariant.ANSWER_SPACING,
            node,
            "answered twice within 10 ms");
      }
      send(node, priority);
    }

    @Override
    public void installAddresses() {
      check(!node.hasAddresses, Invariant.I2_ADDRESSES, node, "installed twice");
      node.hasAddresses = true;
    }

    @Override
    public void removeAddresses() {
      check(node.hasAddresses, Invariant.I2_ADDRESSES, node, "removed what is not there");
      node.hasAddresses = false;
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
