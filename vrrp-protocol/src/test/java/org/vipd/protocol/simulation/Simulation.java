package org.vipd.protocol.simulation;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.vipd.protocol.machine.Preemption;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.Timing;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;

/**
 * One seed: a faulty phase under which safety must hold, then healing, then liveness within the
 * stated bound, then a return of routers that must not preempt, then the death of the Active.
 */
final class Simulation {
  private final Random random;
  private final Referee referee;
  private final Scenario scenario;
  private final Timeline timeline;
  private final Lan lan;
  private final Function<RouterConfig, Subject> machines;

  private Simulation(
      long seed,
      Function<RouterConfig, Subject> machines,
      Set<Invariant> heeded,
      boolean keepsTimeline) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.scenario = Scenario.of(random);
    this.timeline = new Timeline(keepsTimeline);
    this.referee = new Referee(seed, heeded);
    this.lan = new Lan(referee, random, scenario, timeline);
    this.machines = machines;
  }

  /** Runs a seed with the real machine; the digest of its history. */
  static long run(long seed) {
    return run(seed, Subject::new, EnumSet.allOf(Invariant.class));
  }

  /** Runs a seed with other machines, and lets them break all other invariants. */
  static long run(long seed, Function<RouterConfig, Subject> machines, Set<Invariant> heeded) {
    Simulation simulation = new Simulation(seed, machines, heeded, false);
    simulation.run();
    return simulation.timeline.digest();
  }

  /** Runs a seed and gives its history, with the violation as last line if there is one. */
  static List<String> timelineOf(long seed) {
    Simulation simulation =
        new Simulation(seed, Subject::new, EnumSet.allOf(Invariant.class), true);
    try {
      simulation.run();
    } catch (Violation violation) {
      simulation.timeline.line(simulation.lan.now(), violation.getMessage());
    }
    return simulation.timeline.lines();
  }

  private void run() {
    lan.nodes.forEach(node -> lan.start(node, machines.apply(node.config)));
    for (int i = 0; i < scenario.faults(); i++) {
      lan.runUntil(lan.now() + pause());
      fault(lan.nodes.get(random.nextInt(lan.nodes.size())));
    }
    restartTheDead();
    lan.heal();
    settle();
    checkTheBestWins();
    checkNobodyPreempts();
    checkTakeover();
  }

  private long pause() {
    return (long) (random.nextDouble() * 2 * scenario.longestIntervalNanos());
  }

  private void fault(Node node) {
    Node other = lan.nodes.get(random.nextInt(lan.nodes.size()));
    switch (random.nextInt(13)) {
      case 0 -> lan.crash(node);
      case 1 -> restartTheDead();
      case 2 -> lan.stall(node, 3 * pause());
      case 3 -> lan.cut(node, other, true);
      case 4 -> lan.cut(node, other, false);
      case 5 -> lan.mend();
      case 6 -> changePriority(node);
      case 7 -> stop(node);
      case 8 -> changeAddresses(node);
      case 9 -> togglePreemption(node);
      case 10 -> changeInterval(node);
      default -> throwDirt(node);
    }
  }

  private void restartTheDead() {
    for (Node node : lan.nodes) {
      if (!node.isAlive) {
        lan.start(node, machines.apply(node.config));
      }
    }
  }

  private void stop(Node node) {
    if (node.runsAt(lan.now())) {
      lan.shutdown(node);
    }
  }

  private void changePriority(Node node) {
    if (node.runsAt(lan.now()) && !node.config.effectivePriority().isOwner()) {
      Priority priority = Priority.of(1 + random.nextInt(254));
      lan.reconfigure(node, node.config.withEffectivePriority(priority));
    }
  }

  private void changeAddresses(Node node) {
    if (node.runsAt(lan.now())) {
      boolean hasOne = node.config.addresses().size() == 1;
      AddressList other = Scenario.addresses(node.config.family(), hasOne ? 2 : 1);
      lan.reconfigure(node, node.config.withAddresses(other));
    }
  }

  // Where all have the same interval they keep it: in version 2 others would be deaf.
  private void changeInterval(Node node) {
    if (node.runsAt(lan.now()) && scenario.hasMixedIntervals()) {
      lan.reconfigure(node, node.config.withInterval(scenario.otherInterval(random)));
      // the moment that matters: the lease is another one, and who knows it?
      if (random.nextInt(3) == 0) {
        lan.crash(node);
      }
    }
  }

  private void togglePreemption(Node node) {
    if (node.runsAt(lan.now())) {
      Preemption other = node.config.preempts() ? Preemption.OFF : Preemption.IMMEDIATE;
      lan.reconfigure(node, node.config.withPreemption(other));
    }
  }

  private void throwDirt(Node node) {
    Dirt[] kinds = Dirt.values();
    lan.inject(node, kinds[random.nextInt(kinds.length)].to(node, random));
  }

  /** I1: once the last straggler is there, exactly one Active within the bound, and ever after. */
  private void settle() {
    lan.runUntil(lan.now() + scenario.stragglers().maximumDelayNanos());
    lan.runUntil(lan.now() + bound());
    lan.watch(true);
  }

  private void checkTheBestWins() {
    lan.runUntil(lan.now() + 2 * bound() + scenario.longestPreemptDelayNanos());
    for (Node winner : lan.active()) {
      for (Node node : lan.nodes) {
        int byPriority =
            node.config.effectivePriority().compareTo(winner.config.effectivePriority());
        referee.check(
            byPriority <= 0 || !node.config.preempts(),
            Invariant.BEST_WINS,
            node,
            "does not preempt " + winner);
      }
    }
  }

  private void checkNobodyPreempts() {
    if (lan.active().size() != 1) {
      return;
    }
    Node winner = lan.active().get(0);
    List<Node> quiet =
        lan.nodes.stream()
            .filter(node -> node != winner && !node.config.preempts() && hearsInTime(node, winner))
            .toList();
    if (quiet.isEmpty()) {
      return;
    }
    quiet.forEach(lan::crash);
    quiet.forEach(node -> lan.start(node, machines.apply(node.config)));
    lan.runUntil(lan.now() + 2 * bound());
    referee.check(
        lan.active().equals(List.of(winner)),
        Invariant.I4_NO_PREEMPTION,
        winner,
        "gave way to " + lan.active());
  }

  // RFC 9568 section 6.4.1 starts with our own interval: a router whose wait is shorter than the
  // interval of the Active cannot know of it. docs/protocol.md states that limit.
  private static boolean hearsInTime(Node node, Node winner) {
    return 2 * node.config.interval().nanos() > winner.config.interval().nanos();
  }

  private void checkTakeover() {
    lan.watch(false);
    lan.active().forEach(lan::crash);
    lan.runUntil(lan.now() + bound());
    lan.watch(true);
    lan.runUntil(lan.now() + scenario.longestIntervalNanos());
  }

  /** Three intervals, skew, delay; one percent for clocks, and the longest interval counts. */
  private long bound() {
    long longest = scenario.longestIntervalNanos();
    AdvertInterval interval = AdvertInterval.ofCentiseconds((int) (longest / 10_000_000L));
    long down =
        Timing.activeDownInterval(scenario.configs().get(0).version(), Priority.of(1), interval, 3);
    return down + down / 50 + 2 * scenario.maximumDelayNanos();
  }
}
