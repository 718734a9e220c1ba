package org.vipd.daemon.config.check;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ByteText;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.check.cluster.RouterMatching;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.SimplePassword;

/** Rules that compare the nodes of a cluster. */
final class ClusterRules {

  private final List<Node> nodes;
  private final Findings findings;

  ClusterRules(List<Node> nodes, Findings findings) {
    this.nodes = nodes;
    this.findings = findings;
  }

  /**
   * Applies them.
   *
   * @param areAll whether no node of the cluster is missing, as far as is known
   */
  void apply(boolean areAll) {
    List<Influences> influences =
        nodes.stream().map(node -> new Influences(node.config())).toList();
    SharedAddressRules addresses = new SharedAddressRules(findings);
    LonelyRouterRules lonely = new LonelyRouterRules(nodes, findings);
    nodes.forEach(addresses::look);
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        Node one = nodes.get(i);
        Node other = nodes.get(j);
        RouterMatching matching =
            RouterMatching.of(one.config().instances(), other.config().instances());
        for (RouterMatching.Match match : matching.same()) {
          compare(
              new RouterOnNode(one, match.one(), influences.get(i).of(match.one())),
              new RouterOnNode(other, match.other(), influences.get(j).of(match.other())));
        }
        matching.renumbered().forEach(match -> renumbered(one, match, other));
        addresses.compare(one, other, matching);
        lonely.compare(i, j, matching);
      }
    }
    if (areAll && nodes.size() > 1) {
      lonely.report();
    }
  }

  private void compare(RouterOnNode here, RouterOnNode other) {
    differs(
        other,
        new Setting("V021", "version", other.instance().version().number()),
        here.node(),
        here.instance().version().number());
    differs(
        other,
        new Setting("V022", "advert_int", time(other.instance().election().interval())),
        here.node(),
        time(here.instance().election().interval()));
    new WeightRules(findings).compare(here, other);
    new PeerRules(other.node(), findings).compare(here, other);
    packets(here, other);
    group(here, other);
    addresses(here, other);
  }

  private void group(RouterOnNode here, RouterOnNode other) {
    if (here.instance().transport() instanceof Transport.Multicast one
        && other.instance().transport() instanceof Transport.Multicast two) {
      differs(other, new Setting("V042", "mcast_dst_ip", two.group()), here.node(), one.group());
    }
  }

  private static String time(AdvertInterval interval) {
    Duration time = Duration.ofNanos(interval.nanos());
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private void renumbered(Node one, RouterMatching.Match match, Node other) {
    differs(
        new RouterOnNode(other, match.other(), List.of()),
        new Setting("V020", "virtual_router_id", match.other().key().vrid().value()),
        one,
        match.one().key().vrid().value());
  }

  /** A setting that must be equal, the rule that says so, and its value on the second node. */
  private record Setting(String rule, String keyword, Object value) {}

  private void differs(RouterOnNode other, Setting setting, Node node, Object value) {
    if (!setting.value().equals(value)) {
      findings.warning(
          setting.rule(),
          other.place(setting.keyword()),
          other.node().name(setting.keyword())
              + " of "
              + other.name()
              + " is "
              + setting.value()
              + " "
              + other.node().here()
              + " and "
              + value
              + " in "
              + node.file(),
          "make them equal on all nodes");
    }
  }

  /** What of it packets have room for: two that are equal in this understand each other. */
  private static AuthenticationConfig used(AuthenticationConfig configured) {
    if (configured instanceof AuthenticationConfig.Password password) {
      return new AuthenticationConfig.Password(used(password.secret()));
    }
    return configured instanceof AuthenticationConfig.Header header
        ? new AuthenticationConfig.Header(used(header.secret()))
        : configured;
  }

  private static String used(String secret) {
    byte[] bytes = ByteText.encode(secret);
    int length = Math.min(bytes.length, SimplePassword.MAXIMUM_LENGTH);
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private void packets(RouterOnNode here, RouterOnNode other) {
    InstanceConfig instance = here.instance();
    InstanceConfig theirs = other.instance();
    if (!used(instance.authentication()).equals(used(theirs.authentication()))) {
      findings.warning(
          "V023",
          other.place("authentication"),
          "authentication of " + other.name() + " differs from that in " + here.node().file(),
          "use the same type and secret on all nodes");
    }
    if (!instance.wire().checksum().equals(theirs.wire().checksum())) {
      findings.warning(
          "V026",
          other.place("v3_checksum_as_v2"),
          "form of the checksum of " + other.name() + " differs from that in " + here.node().file(),
          other
              .node()
              .wording(
                  "set v3_checksum_as_v2 on all nodes or on none",
                  "write the same checksum on all nodes"));
    }
  }

  private void addresses(RouterOnNode here, RouterOnNode other) {
    List<IpAddress> one = here.instance().advertisedAddresses().asList();
    List<IpAddress> two = other.instance().advertisedAddresses().asList();
    List<String> differences = new ArrayList<>();
    only(two, one, other.node().here()).ifPresent(differences::add);
    only(one, two, "in " + here.node().file()).ifPresent(differences::add);
    if (!differences.isEmpty()) {
      findings.warning(
          "V024",
          other.place("virtual_ipaddress"),
          "addresses of " + other.name() + " differ: only " + String.join(", only ", differences),
          "list the same addresses on all nodes");
    }
  }

  private static Optional<String> only(List<IpAddress> some, List<IpAddress> others, String where) {
    List<String> own =
        some.stream().filter(it -> !others.contains(it)).map(IpAddress::toString).toList();
    return own.isEmpty() ? Optional.empty() : Optional.of(where + " " + String.join(", ", own));
  }
}
