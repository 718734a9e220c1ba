package org.vipd.daemon.config.check;

import java.util.List;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;

/**
 * What a virtual router is on one of its nodes.
 *
 * @param node the node
 * @param instance the instance there
 * @param influences what changes its priority there
 */
record RouterOnNode(Node node, InstanceConfig instance, List<Influence> influences) {

  /** Limits of a priority that is not the owner's (RFC 9568 section 5.2.4). */
  private static final int LOWEST = 1;

  private static final int HIGHEST = 254;

  RouterOnNode {
    influences = List.copyOf(influences);
  }

  Place place(String keyword) {
    return node.place(instance, keyword);
  }

  String name() {
    return instance.name();
  }

  int basePriority() {
    return instance.election().priority().value();
  }

  /** Whether a number in a file, which may be any, is part of the priority. */
  boolean isOpen() {
    return influences.stream().anyMatch(Influence::isCounted);
  }

  /** Priority while all is well, as far as that is known. */
  int healthyPriority() {
    return limited(sum());
  }

  /** Priority when only this fails. */
  int priorityWithout(Influence failed) {
    return limited(sum() - Math.abs(failed.weight()));
  }

  private int sum() {
    return basePriority() + influences.stream().mapToInt(Influence::best).sum();
  }

  private int limited(int sum) {
    return instance.election().priority().isOwner()
        ? basePriority()
        : Math.max(LOWEST, Math.min(HIGHEST, sum));
  }
}
