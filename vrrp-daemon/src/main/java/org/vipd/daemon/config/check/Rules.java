package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.check.host.HostView;

/** All rules about the meaning of configurations. */
public final class Rules {

  private Rules() {}

  /**
   * Applies every rule.
   *
   * @param nodes the nodes of one cluster, at least one
   * @param host the host that the check runs on
   * @return what was found, in no order
   */
  public static List<ConfigProblem> apply(List<Node> nodes, HostView host) {
    Findings findings = new Findings();
    for (Node node : nodes) {
      new ElectionRules(node, findings).apply();
      new ScriptRules(node, host, findings).apply();
      new AddressRules(node, host, findings).apply();
      new PeerRules(node, findings).apply(nodes.size() == 1 ? Optional.of(host) : Optional.empty());
      new AnnouncementRules(node, findings).apply();
    }
    new ClusterRules(nodes, findings).apply();
    return findings.all();
  }
}
