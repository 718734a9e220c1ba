package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;

/** Whether weights can move a virtual router from one node to another. */
final class WeightRules {

  private static final int HIGHEST = 254;

  private final List<Node> nodes;
  private final Node node;
  private final Findings findings;

  WeightRules(List<Node> nodes, Node node, Findings findings) {
    this.nodes = nodes;
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    Influences own = new Influences(node.config());
    for (Node other : nodes) {
      if (other.equals(node)) {
        continue;
      }
      Influences others = new Influences(other.config());
      for (InstanceConfig instance : node.config().instances()) {
        Optional<InstanceConfig> theirs =
            other.router(instance.key().family(), instance.key().vrid());
        boolean canMove = theirs.isPresent() && theirs.get().election().preempts();
        if (canMove && priority(theirs.get()) < priority(instance)) {
          Pair pair = new Pair(instance, own.of(instance), theirs.get(), others.of(theirs.get()));
          compare(pair, other);
        }
      }
    }
  }

  /** The same virtual router on two nodes, with what changes its priority there. */
  private record Pair(
      InstanceConfig instance,
      List<Influence> influences,
      InstanceConfig theirs,
      List<Influence> theirInfluences) {

    /** How far this node leads while all is well. */
    int lead() {
      return healthy(instance, influences) - healthy(theirs, theirInfluences);
    }

    /** Whether a number in a file, which may be any, is part of either priority. */
    boolean isOpen() {
      return influences.stream().anyMatch(Influence::isCounted)
          || theirInfluences.stream().anyMatch(Influence::isCounted);
    }
  }

  /** While all is well this node leads; what is left of the lead when only one thing fails here. */
  private void compare(Pair pair, Node other) {
    int lead = pair.lead();
    if (pair.isOpen()) {
      return;
    }
    for (Influence influence : pair.influences()) {
      if (lead >= Math.abs(influence.weight())) {
        findings.warning(
            "V001",
            node.place(pair.instance(), influence.name()),
            "weight "
                + influence.weight()
                + " of "
                + influence.label()
                + " cannot move "
                + pair.instance().name()
                + " to "
                + other.file()
                + ": the gap between their priorities is "
                + lead,
            "use a weight of more than " + lead + ", or none, so that a failure gives the role up");
      }
    }
  }

  private static int priority(InstanceConfig instance) {
    return instance.election().priority().value();
  }

  /** Priority with everything good. */
  private static int healthy(InstanceConfig instance, List<Influence> influences) {
    int best = influences.stream().mapToInt(Influence::best).sum();
    return instance.election().priority().isOwner()
        ? priority(instance)
        : Math.min(HIGHEST, priority(instance) + best);
  }
}
