package org.vipd.daemon.config.check.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.protocol.value.IpAddress;

/**
 * How much speaks for two instances of different nodes being the same virtual router, beside the
 * VRID. Each kind of evidence outweighs all that are weaker.
 */
final class Kinship {

  private static final int PEERS = 16;
  private static final int ADDRESS = 8;
  private static final int NETWORK = 4;
  private static final int INTERFACE = 2;
  private static final int NAME = 1;

  /** Less than an interface in common proves nothing: names of samples are everywhere. */
  private static final int ENOUGH = INTERFACE;

  private final InstanceConfig one;
  private final InstanceConfig other;

  Kinship(InstanceConfig one, InstanceConfig other) {
    this.one = one;
    this.other = other;
  }

  /** 0 when too little is known to take them for the same; else more is more. */
  int strength() {
    int strength =
        (isPeered() ? PEERS : 0)
            + (sharesAddress() ? ADDRESS : 0)
            + (isSameInterface() ? INTERFACE : 0)
            + (one.name().equals(other.name()) ? NAME : 0);
    if (strength >= ADDRESS) {
      return strength;
    }
    if (isNear(one, other) || isNear(other, one)) {
      return strength + NETWORK;
    }
    boolean isElsewhere = hasNetwork(one) && hasNetwork(other);
    return strength >= (isElsewhere ? INTERFACE + NAME : ENOUGH) ? strength : 0;
  }

  /** What an instance whose VRID was changed still has in common with what it was. */
  static Set<Object> traits(InstanceConfig instance) {
    Set<Object> traits = new HashSet<>(addresses(instance));
    traits.add(List.of(instance.key().interfaceName(), instance.name()));
    return traits;
  }

  /** Whether they have a virtual address in common that cannot be on two LANs at once. */
  private boolean sharesAddress() {
    Set<IpAddress> addresses = addresses(one);
    addresses.retainAll(addresses(other));
    return !addresses.isEmpty();
  }

  private boolean isSameInterface() {
    return one.key().interfaceName().equals(other.key().interfaceName());
  }

  /** Whether one sends to the address that the other sends from. */
  private boolean isPeered() {
    return sendsTo(one, other) || sendsTo(other, one);
  }

  private static boolean sendsTo(InstanceConfig from, InstanceConfig to) {
    return from.transport() instanceof Transport.Unicast unicast
        && to.transport().source().filter(unicast.peers()::contains).isPresent();
  }

  /** Link-local addresses may be on every LAN. */
  private static Set<IpAddress> addresses(InstanceConfig instance) {
    return instance.addresses().stream()
        .map(VirtualAddressConfig::address)
        .filter(it -> !it.isLinkLocal())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean hasNetwork(InstanceConfig instance) {
    return instance.addresses().stream().anyMatch(Kinship::isInNetwork);
  }

  private static boolean isInNetwork(VirtualAddressConfig address) {
    return !address.address().isLinkLocal() && network(address).isShared();
  }

  private static HostView.Network network(VirtualAddressConfig address) {
    return new HostView.Network(address.address(), address.prefixLength());
  }

  /** Whether a network of the first has an address of the second. */
  private static boolean isNear(InstanceConfig first, InstanceConfig second) {
    Set<IpAddress> addresses = addresses(second);
    second.transport().source().ifPresent(addresses::add);
    return first.addresses().stream()
        .filter(Kinship::isInNetwork)
        .map(Kinship::network)
        .anyMatch(network -> addresses.stream().anyMatch(network::contains));
  }
}
