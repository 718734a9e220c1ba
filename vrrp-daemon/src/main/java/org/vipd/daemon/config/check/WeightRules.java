package org.vipd.daemon.config.check;

/** Whether priorities tell nodes apart, and weights can move a router from one to another. */
final class WeightRules {

  private final Findings findings;

  WeightRules(Findings findings) {
    this.findings = findings;
  }

  /** Compares a router on two nodes; findings about both point to the second one. */
  void compare(RouterOnNode here, RouterOnNode other) {
    equalPriorities(here, other);
    weights(here, other);
    weights(other, here);
  }

  private void equalPriorities(RouterOnNode here, RouterOnNode other) {
    boolean isOpen = here.isOpen() || other.isOpen();
    int priority = isOpen ? other.basePriority() : other.healthyPriority();
    if (priority != (isOpen ? here.basePriority() : here.healthyPriority())) {
      return;
    }
    boolean isChanged = priority != here.basePriority() || priority != other.basePriority();
    findings.warning(
        "V004",
        other.place("priority"),
        "priority of "
            + other.name()
            + " is "
            + priority
            + (isChanged ? " with its weights " : " ")
            + other.node().here()
            + " and in "
            + here.node().file()
            + ": the larger IP address decides",
        isChanged
            ? "give each node a priority of its own that weights cannot make equal; 254 is the"
                + " highest they can reach"
            : "give each node its own priority");
  }

  /** While all is well the first node leads; whether it still does when one thing fails there. */
  private void weights(RouterOnNode leader, RouterOnNode other) {
    int lead = leader.healthyPriority() - other.healthyPriority();
    boolean canMove = other.instance().election().preempts();
    if (lead <= 0 || !canMove || leader.isOpen() || other.isOpen()) {
      return;
    }
    for (Influence influence : leader.influences()) {
      int left = leader.priorityWithout(influence);
      if (left >= other.healthyPriority()) {
        findings.warning(
            "V001",
            leader.node().placeOfTrack(leader.instance(), influence.list(), influence.name()),
            "weight "
                + influence.weight()
                + " of "
                + influence.label()
                + leader.node().byGroup(leader.instance(), influence.list(), influence.name())
                + " cannot move "
                + leader.name()
                + " to "
                + other.node().file()
                + ": the gap between their priorities is "
                + lead
                + limit(leader, influence),
            "use a weight of more than " + lead + ", or none, so that a failure gives the role up");
      }
    }
  }

  /** What is said when a weight counts less than is written. */
  private static String limit(RouterOnNode leader, Influence influence) {
    int drop = leader.healthyPriority() - leader.priorityWithout(influence);
    return drop == Math.abs(influence.weight())
        ? ""
        : ", and it changes " + drop + " of it: priorities end at 254";
  }
}
