package org.vipd.daemon.config.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.check.cluster.RouterMatching;
import org.vipd.protocol.value.RouterKey;

/** Finds virtual routers that only one node of the cluster has. */
final class LonelyRouterRules {

  private static final int SHOWN = 3;

  private final List<Node> nodes;
  private final Findings findings;

  /** By the position of a node: how many other nodes certainly have not a router. */
  private final Map<Integer, Map<RouterKey, Integer>> missing = new HashMap<>();

  LonelyRouterRules(List<Node> nodes, Findings findings) {
    this.nodes = nodes;
    this.findings = findings;
  }

  /** Takes in what two nodes have in common, by their positions. */
  void compare(int one, int other, RouterMatching matching) {
    matching.onlyOne().forEach(it -> count(one, it));
    matching.onlyOther().forEach(it -> count(other, it));
  }

  private void count(int node, InstanceConfig instance) {
    missing.computeIfAbsent(node, it -> new HashMap<>()).merge(instance.key(), 1, Integer::sum);
  }

  /** One warning for each node: a file that belongs to another cluster has many. */
  void report() {
    for (int i = 0; i < nodes.size(); i++) {
      Map<RouterKey, Integer> counts = missing.getOrDefault(i, Map.of());
      List<InstanceConfig> lonely =
          nodes.get(i).config().instances().stream()
              .filter(it -> counts.getOrDefault(it.key(), 0) == nodes.size() - 1)
              .toList();
      if (!lonely.isEmpty()) {
        report(nodes.get(i), lonely);
      }
    }
  }

  private void report(Node node, List<InstanceConfig> lonely) {
    String vrid = node.name("virtual_router_id");
    String names =
        lonely.stream()
            .limit(SHOWN)
            .map(it -> it.name() + " (" + vrid + " " + it.key().vrid().value() + ")")
            .collect(Collectors.joining(", "));
    int more = lonely.size() - SHOWN;
    findings.warning(
        "V030",
        lonely.get(0).place(),
        names
            + (more > 0 ? " and " + more + " more" : "")
            + (lonely.size() == 1 ? " is" : " are")
            + " on no other node: when this one fails, nobody takes the addresses",
        "define the same router on another node, or leave out a file of another cluster");
  }
}
