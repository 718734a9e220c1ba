package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.HostView.Network;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.VrrpVersion;

/** Rules about virtual addresses. */
final class AddressRules {

  private static final int USUAL_MTU = 1500;
  private static final int HMAC_TRAILER = 28;
  private static final int IPV4_HEADERS = 20 + 8;
  private static final int IPV6_HEADERS = 40 + 8;
  private static final int PASSWORD_AREA = 8;

  private final Node node;
  private final HostView host;
  private final Findings findings;

  AddressRules(Node node, Findings findings) {
    this.node = node;
    this.host = node.host();
    this.findings = findings;
  }

  void apply() {
    for (InstanceConfig instance : node.config().instances()) {
      unsuitable(instance);
      subnets(instance);
      ownAddress(instance);
      linkLocal(instance);
      size(instance);
    }
  }

  private void unsuitable(InstanceConfig instance) {
    for (VirtualAddressConfig it : instance.addresses()) {
      String kind = HostAddress.obstacle(it.address()).orElseGet(() -> edge(instance, it));
      if (!kind.isEmpty()) {
        findings.warning(
            "V019",
            node.placeOf(instance, it.address()),
            it.address() + " is " + kind + ": it cannot be the address of one host",
            "write the address that clients use");
      }
    }
  }

  /** Whether it is the first or last of its own network, or else of those of the interface. */
  private String edge(InstanceConfig instance, VirtualAddressConfig it) {
    Network own = new Network(it.address(), it.prefixLength());
    return (own.isShared() ? List.of(own) : others(instance, it))
        .stream()
            .filter(network -> network.contains(it.address()))
            .filter(network -> network.isFirst(it.address()) || network.isLast(it.address()))
            .map(network -> edge(network, it.address()))
            .findFirst()
            .orElse("");
  }

  private static String edge(Network network, IpAddress address) {
    String kind =
        network.isLast(address)
            ? "the broadcast address"
            : address.family() == AddressFamily.IPV4
                ? "the network address"
                : "the address of all routers";
    return kind + " of " + network;
  }

  /** The networks that the interface has beside the virtual address itself. */
  private List<Network> others(InstanceConfig instance, VirtualAddressConfig address) {
    List<Network> networks = host.networks(instance.deviceOf(address));
    if (networks.isEmpty()) {
      return networks;
    }
    return networks.stream()
        .filter(it -> it.address().family() == address.address().family())
        .filter(it -> !it.address().equals(address.address()))
        .toList();
  }

  private void subnets(InstanceConfig instance) {
    Map<Place, List<VirtualAddressConfig>> far = new LinkedHashMap<>();
    for (VirtualAddressConfig it : instance.addresses()) {
      List<Network> networks = others(instance, it);
      boolean isOdd = HostAddress.obstacle(it.address()).isPresent() || it.address().isLinkLocal();
      if (networks.isEmpty() || isOdd) {
        continue;
      }
      Network own = new Network(it.address(), it.prefixLength());
      boolean isNear = isNear(instance, it);
      if (own.isShared()) {
        width(instance, it, networks);
      } else if (!isNear && !node.hasWritten(instance, it.text())) {
        Place place = node.placeOf(instance, it.address());
        far.computeIfAbsent(place, key -> new ArrayList<>()).add(it);
      }
    }
    far.forEach((place, addresses) -> reportFar(instance, place, addresses));
  }

  /** A sequence makes many addresses of one word. */
  private void reportFar(InstanceConfig instance, Place place, List<VirtualAddressConfig> far) {
    VirtualAddressConfig first = far.get(0);
    int more = far.size() - 1;
    findings.warning(
        "V012",
        place,
        first.address()
            + (more == 0 ? " is" : " and " + more + " more of this line are")
            + " in no network of "
            + instance.deviceOf(first)
            + ", so neighbours cannot reach "
            + (more == 0 ? "it" : "them"),
        more == 0
            ? "check the address, or write its prefix length"
            : "check the addresses, or write their prefix length");
  }

  /** Whether neighbours take it for one of theirs, because of any address of the interface. */
  private boolean isNear(InstanceConfig instance, VirtualAddressConfig address) {
    return host.networks(instance.deviceOf(address)).stream()
        .filter(it -> it.address().family() == address.address().family())
        .filter(it -> it.isShared() || !it.address().equals(address.address()))
        .anyMatch(it -> it.contains(address.address()));
  }

  /** A network that holds that of the interface and more makes neighbours of strangers. */
  private void width(InstanceConfig instance, VirtualAddressConfig it, List<Network> networks) {
    Network own = new Network(it.address(), it.prefixLength());
    List<Network> within =
        networks.stream().filter(Network::isShared).filter(n -> own.contains(n.address())).toList();
    boolean isKnown = within.stream().anyMatch(n -> n.prefixLength() <= own.prefixLength());
    if (within.isEmpty() || isKnown) {
      return;
    }
    findings.warning(
        "V012",
        node.placeOf(instance, it.address()),
        it.text()
            + " makes all of "
            + own
            + " neighbours on "
            + instance.deviceOf(it)
            + " of the MASTER, where the network is "
            + within.get(0)
            + ": what is for the rest no longer goes to the gateway",
        "write /" + within.get(0).prefixLength() + " as for the interface, or no prefix length");
  }

  /** An address that the host has anyway, and loses with the role. */
  private void ownAddress(InstanceConfig instance) {
    if (instance.election().priority().isOwner() || node.isGuessed(instance, "priority")) {
      return;
    }
    for (VirtualAddressConfig it : instance.addresses()) {
      boolean isOwn =
          host.networks(instance.deviceOf(it)).stream()
              .filter(network -> network.address().equals(it.address()))
              .anyMatch(network -> isOfHost(instance, it, network));
      if (isOwn) {
        findings.warning(
            "V033",
            node.placeOf(instance, it.address()),
            it.address()
                + " is this host's own address on "
                + instance.deviceOf(it)
                + ", and the priority is "
                + instance.election().priority().value()
                + ": when the role leaves, the host loses its address",
            "use an address that no host has, or priority 255 on the host that has it");
      }
    }
  }

  /** Otherwise it may be there because this host is MASTER. */
  private boolean isOfHost(InstanceConfig instance, VirtualAddressConfig it, Network network) {
    boolean isOnly = others(instance, it).stream().allMatch(other -> other.address().isLinkLocal());
    return isOnly || (network.isShared() && network.prefixLength() != it.prefixLength());
  }

  private void linkLocal(InstanceConfig instance) {
    if (instance.key().family() != AddressFamily.IPV6 || instance.advertisedAddresses().isEmpty()) {
      return;
    }
    VirtualAddressConfig first =
        instance.addresses().stream().filter(VirtualAddressConfig::isAdvertised).findFirst().get();
    if (!first.address().isLinkLocal()) {
      findings.warning(
          "V013",
          node.place(instance, "virtual_ipaddress"),
          "the first IPv6 address of "
              + instance.name()
              + " is not link-local, as RFC 9568 demands",
          "put an address of fe80::/10 first");
    }
  }

  private void size(InstanceConfig instance) {
    OptionalInt known = host.mtu(instance.key().interfaceName());
    int mtu = known.orElse(USUAL_MTU);
    boolean isIpv4 = instance.key().family() == AddressFamily.IPV4;
    int room = mtu - (isIpv4 ? IPV4_HEADERS : IPV6_HEADERS);
    room -= instance.version() == VrrpVersion.V2 ? PASSWORD_AREA : 0;
    room -= instance.authentication() instanceof AuthenticationConfig.Trailer ? HMAC_TRAILER : 0;
    int fits = room / instance.key().family().addressLength();
    int wanted = instance.advertisedAddresses().size();
    if (wanted > fits) {
      findings.warning(
          "V014",
          node.place(instance, "virtual_ipaddress"),
          wanted
              + " addresses do not fit a packet of "
              + mtu
              + " bytes, which has room for "
              + fits,
          node.wording(
              "move the rest to virtual_ipaddress_excluded",
              "write advertise: false for the rest"));
    }
  }
}
