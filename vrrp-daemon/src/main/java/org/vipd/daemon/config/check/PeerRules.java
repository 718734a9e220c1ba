package org.vipd.daemon.config.check;

import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.protocol.value.IpAddress;

/** Rules about the addresses that advertisements go to. */
final class PeerRules {

  private final Node node;
  private final Findings findings;

  PeerRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  /** Looks at the node alone. */
  void apply() {
    for (InstanceConfig instance : node.config().instances()) {
      if (instance.transport() instanceof Transport.Unicast unicast) {
        unicast.peers().forEach(peer -> look(instance, unicast.source(), peer));
      }
    }
  }

  private void look(InstanceConfig instance, Optional<IpAddress> source, IpAddress peer) {
    Optional<String> obstacle = HostAddress.obstacle(peer);
    if (obstacle.isPresent()) {
      findings.warning(
          "V019",
          node.placeIn(instance, "unicast_peer", peer.toString()),
          "peer "
              + peer
              + " of "
              + instance.name()
              + " is "
              + obstacle.get()
              + ": no router has it",
          "write the address that the other router sends from");
    } else if (source.filter(peer::equals).isPresent()) {
      report(instance, peer, "its own address");
    } else if (instance.addresses().stream()
        .map(VirtualAddressConfig::address)
        .anyMatch(peer::equals)) {
      report(instance, peer, "its virtual address");
    } else if (source.isEmpty() && isOwn(instance, peer)) {
      findings.note(
          "V015",
          node.placeIn(instance, "unicast_peer", peer.toString()),
          instance.name()
              + " lists "
              + peer
              + " as a peer, which is an address of this host: is the file for another one?",
          "list only the other routers");
    }
  }

  private boolean isOwn(InstanceConfig instance, IpAddress address) {
    return node.host().networks(instance.key().interfaceName()).stream()
        .anyMatch(it -> it.address().equals(address));
  }

  private void report(InstanceConfig instance, IpAddress peer, String what) {
    findings.warning(
        "V015",
        node.placeIn(instance, "unicast_peer", peer.toString()),
        instance.name() + " lists " + what + " " + peer + " as a peer" + node.as(),
        "list only the other routers");
  }

  /** Compares a router on another node with the same one on this node. */
  void compare(RouterOnNode here, RouterOnNode other) {
    InstanceConfig instance = here.instance();
    InstanceConfig theirs = other.instance();
    boolean isUnicast = instance.transport() instanceof Transport.Unicast;
    boolean isTheirs = theirs.transport() instanceof Transport.Unicast;
    if (isUnicast != isTheirs) {
      findings.warning(
          "V027",
          other.place("unicast_peer"),
          other.name()
              + " sends "
              + (isTheirs ? "to peers " : "by multicast ")
              + node.here()
              + (isTheirs ? " and by multicast" : " and to peers")
              + " in "
              + here.node().file()
              + ": who sends to peers does not listen to multicast",
          node.wording(
              "list peers in unicast_peer on all nodes or on none",
              "list nodes or peers for all, or write transport: multicast for all"));
    }
    mirrored(here, other);
    mirrored(other, here);
    samePeers(here, other);
  }

  /** Two nodes with one list: if both are in it, each lists itself; if not, one is left out. */
  private void samePeers(RouterOnNode here, RouterOnNode other) {
    if (here.instance().transport() instanceof Transport.Unicast ours
        && other.instance().transport() instanceof Transport.Unicast theirs
        && ours.source().isEmpty()
        && theirs.source().isEmpty()
        && Set.copyOf(ours.peers()).equals(Set.copyOf(theirs.peers()))) {
      findings.warning(
          "V031",
          other.place("unicast_peer"),
          other.name()
              + " has the same peers "
              + node.here()
              + " and in "
              + here.node().file()
              + ": each node lists its own address, or they do not send to each other",
          node.wording(
              "list only the other nodes, and say in unicast_src_ip which address is the own",
              "list the nodes under nodes, or only the others under peers"));
    }
  }

  /** Whether a node sends to the address that another one sends from. */
  private void mirrored(RouterOnNode from, RouterOnNode to) {
    Optional<IpAddress> source = to.instance().transport().source();
    if (from.instance().transport() instanceof Transport.Unicast unicast
        && source.isPresent()
        && !unicast.peers().contains(source.get())) {
      findings.warning(
          "V025",
          from.place("unicast_peer"),
          from.name()
              + " does not list "
              + source.get()
              + ", from which "
              + to.node().file()
              + " sends",
          "add it to " + from.node().name("unicast_peer"));
    }
  }
}
