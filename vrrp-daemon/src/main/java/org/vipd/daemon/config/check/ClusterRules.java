package org.vipd.daemon.config.check;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;

/** Rules that compare the nodes of a cluster. */
final class ClusterRules {

  private final List<Node> nodes;
  private final Findings findings;

  ClusterRules(List<Node> nodes, Findings findings) {
    this.nodes = nodes;
    this.findings = findings;
  }

  void apply() {
    for (int i = 0; i < nodes.size(); i++) {
      for (InstanceConfig instance : nodes.get(i).config().instances()) {
        for (Node other : nodes.subList(i + 1, nodes.size())) {
          compare(nodes.get(i), instance, other);
        }
      }
      new WeightRules(nodes, nodes.get(i), findings).apply();
      new PeerRules(nodes.get(i), findings).compareWith(nodes.subList(i + 1, nodes.size()));
    }
  }

  private void compare(Node node, InstanceConfig instance, Node other) {
    Optional<InstanceConfig> same = other.router(instance.key().family(), instance.key().vrid());
    if (same.isEmpty()) {
      missing(node, instance, other);
      return;
    }
    InstanceConfig theirs = same.get();
    Pair pair = new Pair(node, other, theirs);
    pair.differs(
        new Setting("V021", "version"), instance.version().number(), theirs.version().number());
    pair.differs(
        new Setting("V022", "advert_int"),
        time(instance.election().interval()),
        time(theirs.election().interval()));
    priorities(node, instance, other, theirs);
    packets(node, instance, other, theirs);
    addresses(node, instance, other, theirs);
  }

  private static String time(AdvertInterval interval) {
    Duration time = Duration.ofNanos(interval.nanos());
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private void missing(Node node, InstanceConfig instance, Node other) {
    Optional<InstanceConfig> namesake =
        other.config().instances().stream()
            .filter(it -> it.name().equals(instance.name()))
            .findFirst();
    namesake.ifPresent(
        theirs ->
            new Pair(node, other, theirs)
                .differs(
                    new Setting("V020", "virtual_router_id"),
                    instance.key().vrid().value(),
                    theirs.key().vrid().value()));
  }

  /** A setting that must be equal, and the rule that says so. */
  private record Setting(String rule, String keyword) {}

  /** Two nodes, and the instance of the second that is compared. */
  private final class Pair {

    private final Node node;
    private final Node other;
    private final InstanceConfig theirs;

    Pair(Node node, Node other, InstanceConfig theirs) {
      this.node = node;
      this.other = other;
      this.theirs = theirs;
    }

    void differs(Setting setting, Object one, Object two) {
      if (!one.equals(two)) {
        findings.warning(
            setting.rule(),
            other.place(theirs, setting.keyword()),
            other.name(setting.keyword())
                + " of "
                + theirs.name()
                + " is "
                + two
                + " "
                + other.here()
                + " and "
                + one
                + " in "
                + node.file(),
            "make them equal on all nodes");
      }
    }
  }

  private void priorities(Node node, InstanceConfig instance, Node other, InstanceConfig theirs) {
    if (instance.election().priority().equals(theirs.election().priority())) {
      findings.warning(
          "V004",
          other.place(theirs, "priority"),
          "priority of "
              + theirs.name()
              + " is "
              + theirs.election().priority().value()
              + " "
              + other.here()
              + " and in "
              + node.file()
              + ": the larger IP address decides",
          "give each node its own priority");
    }
  }

  private void packets(Node node, InstanceConfig instance, Node other, InstanceConfig theirs) {
    if (!instance.authentication().equals(theirs.authentication())) {
      findings.warning(
          "V023",
          other.place(theirs, "authentication"),
          "authentication of " + theirs.name() + " differs from that in " + node.file(),
          "use the same type and secret on all nodes");
    }
    if (!instance.wire().checksum().equals(theirs.wire().checksum())) {
      findings.warning(
          "V026",
          other.place(theirs, "v3_checksum_as_v2"),
          "form of the checksum of " + theirs.name() + " differs from that in " + node.file(),
          other.wording(
              "set v3_checksum_as_v2 on all nodes or on none",
              "write the same checksum on all nodes"));
    }
  }

  private void addresses(Node node, InstanceConfig instance, Node other, InstanceConfig theirs) {
    Set<IpAddress> one = new HashSet<>(instance.advertisedAddresses().asList());
    Set<IpAddress> two = new HashSet<>(theirs.advertisedAddresses().asList());
    if (!one.equals(two)) {
      Set<IpAddress> both = new HashSet<>(one);
      both.retainAll(two);
      one.removeAll(both);
      two.removeAll(both);
      findings.warning(
          "V024",
          other.place(theirs, "virtual_ipaddress"),
          "addresses of "
              + theirs.name()
              + " differ: only "
              + other.here()
              + " "
              + two
              + ", only in "
              + node.file()
              + " "
              + one,
          "list the same addresses on all nodes");
    }
  }
}
