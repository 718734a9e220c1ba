package org.vipd.daemon.config.check;

import java.util.List;
import org.vipd.daemon.config.ConfigProblem;

/** All rules about the meaning of configurations. */
public final class Rules {

  private Rules() {}

  /**
   * Applies every rule to all nodes of a cluster.
   *
   * @param nodes the nodes, at least one
   * @return what was found, in no order
   */
  public static List<ConfigProblem> apply(List<Node> nodes) {
    return apply(nodes, true);
  }

  /**
   * Applies every rule.
   *
   * @param nodes nodes of one cluster, at least one
   * @param areAll whether no node, and nothing of one, is left out because it cannot be used
   * @return what was found, in no order
   */
  public static List<ConfigProblem> apply(List<Node> nodes, boolean areAll) {
    Findings findings = new Findings();
    for (Node node : nodes) {
      Node judged = new InterfaceRules(node, findings).apply();
      new ElectionRules(judged, findings).apply();
      new ScriptRules(judged, findings).apply();
      new PathRules(judged, findings).apply();
      new AddressRules(judged, findings).apply();
      new PeerRules(judged, findings).apply();
      new SendingRules(judged, findings).apply();
      new AnnouncementRules(judged, findings).apply();
      new ProbeRules(judged, findings).apply();
      new MailRules(judged, findings).apply();
      new RoutingTableRules(judged, findings).apply();
      new StaticAddressRules(judged, findings).apply();
      if (areAll) {
        // what nothing depends on may be what a part depends on that could not be read
        new UnusedRules(judged, findings).apply();
      }
    }
    new ClusterRules(nodes, findings).apply(areAll);
    return findings.all();
  }
}
