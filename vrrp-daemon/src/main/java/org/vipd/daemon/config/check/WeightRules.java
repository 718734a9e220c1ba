package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;

/** Whether a failing check of a node moves an instance to another node. */
final class WeightRules {

  private final List<Node> nodes;
  private final Node node;
  private final Findings findings;

  WeightRules(List<Node> nodes, Node node, Findings findings) {
    this.nodes = nodes;
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    for (InstanceConfig instance : node.config().instances()) {
      for (Node other : nodes) {
        Optional<InstanceConfig> theirs =
            other.router(instance.key().family(), instance.key().vrid());
        boolean canMove = theirs.isPresent() && theirs.get().election().preempts();
        if (!other.equals(node) && canMove && priority(theirs.get()) < priority(instance)) {
          instance.tracks().forEach(track -> compare(instance, track, other, theirs.get()));
        }
      }
    }
  }

  /**
   * While all is well this node leads; what is left of the lead when only this check fails here.
   */
  private void compare(
      InstanceConfig instance, CheckTrack track, Node other, InstanceConfig theirs) {
    Optional<CheckConfig> check = node.config().check(track.checkName());
    int weight = track.weight().orElse(check.map(CheckConfig::weight).orElse(0));
    if (weight == 0) {
      return;
    }
    int lead = healthy(node, instance) - healthy(other, theirs);
    if (lead >= Math.abs(weight)) {
      findings.warning(
          "V001",
          node.place(instance, track.checkName()),
          "weight "
              + weight
              + " of "
              + track.checkName()
              + " cannot move "
              + instance.name()
              + " to "
              + other.file()
              + ": the gap between their priorities is "
              + lead,
          "use a weight of more than " + lead + ", or none, so that a failure gives the role up");
    }
  }

  private static int priority(InstanceConfig instance) {
    return instance.election().priority().value();
  }

  /** Priority with every check good. */
  private static int healthy(Node node, InstanceConfig instance) {
    int sum = priority(instance);
    for (CheckTrack track : instance.tracks()) {
      Optional<CheckConfig> check = node.config().check(track.checkName());
      sum += Math.max(0, track.weight().orElse(check.map(CheckConfig::weight).orElse(0)));
    }
    return Math.min(254, sum);
  }
}
