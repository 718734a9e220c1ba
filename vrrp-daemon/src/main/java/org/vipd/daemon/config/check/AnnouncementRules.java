package org.vipd.daemon.config.check;

import java.util.List;
import org.vipd.daemon.config.InstanceConfig;

/** Rules about how neighbours learn where an address is. */
final class AnnouncementRules {

  private final Node node;
  private final Findings findings;

  AnnouncementRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  /** One note for all instances: most files have the default everywhere. */
  void apply() {
    List<InstanceConfig> silent =
        node.config().instances().stream()
            .filter(it -> it.election().announcements().refreshNanos() == 0)
            .filter(it -> !it.addresses().isEmpty())
            .toList();
    if (silent.isEmpty()) {
      return;
    }
    InstanceConfig first = silent.get(0);
    String others = silent.size() == 1 ? "" : " and " + (silent.size() - 1) + " more";
    findings.note(
        "V028",
        node.place(first, "garp_master_refresh"),
        first.name()
            + others
            + (silent.size() == 1 ? " announces its" : " announce their")
            + " addresses only after a takeover: who misses that keeps sending to the other node",
        node.wording("write garp_master_refresh 60", "write announce: {refresh: 60s}"));
  }
}
