package org.vipd.daemon.config.check;

import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
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
          place(instance, peer),
          "peer "
              + peer
              + " of "
              + instance.name()
              + " is "
              + obstacle.get()
              + ": no router has it",
          "write the address that the other router sends from");
    } else if (source.filter(peer::equals).isPresent()) {
      ownAddress(instance, peer);
    } else if (instance.addresses().stream()
        .map(VirtualAddressConfig::address)
        .anyMatch(peer::equals)) {
      virtualAddress(instance, peer);
    } else if (source.isEmpty() && isOwn(instance, peer)) {
      findings.note(
          "V015",
          place(instance, peer),
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

  private void ownAddress(InstanceConfig instance, IpAddress peer) {
    if (isListed(instance)) {
      report(instance, peer, "its own address");
      return;
    }
    if (!node.hasWritten(instance, "unicast_src_ip")) {
      // two nodes have one address, which is an error
      return;
    }
    findings.warning(
        "V015",
        node.place(instance, "unicast_src_ip"),
        instance.name() + " sends from " + peer + " on each node, which is the address of one",
        "delete " + node.name("unicast_src_ip") + ": it follows from nodes");
  }

  private void virtualAddress(InstanceConfig instance, IpAddress peer) {
    if (isListed(instance)) {
      report(instance, peer, "its virtual address");
      return;
    }
    findings.warning(
        "V015",
        place(instance, peer),
        "a node has the address " + peer + ", which is a virtual one of " + instance.name(),
        "write the address that the node itself has");
  }

  /** Whether it lists its peers; else they follow from the nodes of the file. */
  private boolean isListed(InstanceConfig instance) {
    return node.hasWritten(instance, "unicast_peer");
  }

  private void report(InstanceConfig instance, IpAddress peer, String what) {
    findings.warning(
        "V015",
        place(instance, peer),
        instance.name() + " lists " + what + " " + peer + " as a peer" + node.as(),
        "list only the other routers");
  }

  /** Where a peer is written: in the list of the instance, else among the nodes of the file. */
  private Place place(InstanceConfig instance, IpAddress peer) {
    if (isListed(instance)) {
      return node.placeIn(instance, "unicast_peer", peer.toString());
    }
    Place file = Place.ofFile(instance.place().file());
    Place entry = node.places().find(file, "nodes", peer.toString());
    return entry.equals(file) ? instance.place() : entry;
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
    if (instance.transport().source().isPresent()
        && instance.transport().source().equals(theirs.transport().source())) {
      sameSource(here, other, theirs.transport().source().get());
      return;
    }
    mirrored(here, other);
    mirrored(other, here);
    samePeers(here, other);
  }

  /** A line that was copied with the rest of a file, or that one file has for all nodes. */
  private void sameSource(RouterOnNode here, RouterOnNode other, IpAddress source) {
    boolean isUnicast = other.instance().transport() instanceof Transport.Unicast;
    String keyword = isUnicast ? "unicast_src_ip" : "mcast_src_ip";
    Place place = other.place(keyword);
    boolean isOneLine = place.equals(here.place(keyword));
    if (isOneLine && (isPeer(here, source) || isPeer(other, source))) {
      // said of each node alone: it is the address of one of them
      return;
    }
    findings.warning(
        "V031",
        place,
        other.name()
            + " sends from "
            + source
            + (isOneLine ? " on each node" : " " + node.here() + " and in " + here.node().file())
            + ": two nodes cannot have one address",
        node.wording(
            "write the own address of each node in its file",
            "delete " + node.name(keyword) + " and list the nodes under nodes"));
  }

  private static boolean isPeer(RouterOnNode router, IpAddress address) {
    return router.instance().transport() instanceof Transport.Unicast unicast
        && unicast.peers().contains(address);
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
