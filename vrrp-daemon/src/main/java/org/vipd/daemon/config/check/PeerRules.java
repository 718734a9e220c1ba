package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.protocol.value.IpAddress;

/** Rules about the addresses that advertisements go to. */
final class PeerRules {

  private final Node node;
  private final Findings findings;

  PeerRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  /**
   * Looks at the node alone.
   *
   * @param host the host that the file is for, as far as is known
   */
  void apply(Optional<HostView> host) {
    for (InstanceConfig instance : node.config().instances()) {
      if (instance.transport() instanceof Transport.Unicast unicast) {
        unicast.peers().forEach(peer -> look(instance, unicast.source(), peer, host));
      }
    }
  }

  private void look(
      InstanceConfig instance,
      Optional<IpAddress> source,
      IpAddress peer,
      Optional<HostView> host) {
    if (source.filter(peer::equals).isPresent()) {
      report(instance, peer, "its own address");
    } else if (instance.addresses().stream()
        .map(VirtualAddressConfig::address)
        .anyMatch(peer::equals)) {
      report(instance, peer, "its virtual address");
    } else if (source.isEmpty() && host.filter(it -> has(it, instance, peer)).isPresent()) {
      findings.note(
          "V015",
          node.place(instance, peer.toString()),
          instance.name()
              + " lists "
              + peer
              + " as a peer, which is an address of this host: is the file for another one?",
          "list only the other routers");
    }
  }

  private static boolean has(HostView host, InstanceConfig instance, IpAddress address) {
    return host.networks(instance.key().interfaceName()).stream()
        .anyMatch(it -> it.address().equals(address));
  }

  private void report(InstanceConfig instance, IpAddress peer, String what) {
    findings.warning(
        "V015",
        node.place(instance, peer.toString()),
        instance.name() + " lists " + what + " " + peer + " as a peer",
        "list only the other routers");
  }

  /** Compares with other nodes of the cluster. */
  void compareWith(List<Node> others) {
    for (Node other : others) {
      for (InstanceConfig instance : node.config().instances()) {
        other
            .router(instance.key().family(), instance.key().vrid())
            .ifPresent(theirs -> compare(instance, other, theirs));
      }
    }
  }

  private void compare(InstanceConfig instance, Node other, InstanceConfig theirs) {
    boolean isUnicast = instance.transport() instanceof Transport.Unicast;
    boolean isTheirs = theirs.transport() instanceof Transport.Unicast;
    if (isUnicast != isTheirs) {
      findings.warning(
          "V027",
          other.place(theirs, "unicast_peer"),
          theirs.name()
              + " sends "
              + (isTheirs ? "to peers " : "by multicast ")
              + other.here()
              + (isTheirs ? " and by multicast" : " and to peers")
              + " in "
              + node.file()
              + ": who sends to peers does not listen to multicast",
          other.wording(
              "list peers in unicast_peer on all nodes or on none",
              "list nodes or peers for all, or write transport: multicast for all"));
    }
    mirrored(node, instance, other, theirs);
    mirrored(other, theirs, node, instance);
  }

  /** Whether a node sends to the address that another one sends from. */
  private void mirrored(Node from, InstanceConfig instance, Node to, InstanceConfig theirs) {
    Optional<IpAddress> source = theirs.transport().source();
    if (instance.transport() instanceof Transport.Unicast unicast
        && source.isPresent()
        && !unicast.peers().contains(source.get())) {
      findings.warning(
          "V025",
          from.place(instance, "unicast_peer"),
          instance.name()
              + " does not list "
              + source.get()
              + ", from which "
              + to.file()
              + " sends",
          "add it to " + from.name("unicast_peer"));
    }
  }
}
