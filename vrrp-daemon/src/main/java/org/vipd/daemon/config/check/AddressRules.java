package org.vipd.daemon.config.check;

import java.util.List;
import java.util.OptionalInt;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.check.host.HostView;
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

  private static final int LOOPBACK_NETWORK = 127;

  /** 240.0.0.0/4, with 255.255.255.255 (RFC 1112 section 4). */
  private static final int RESERVED = 240;

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
      linkLocal(instance);
      size(instance);
    }
  }

  private void unsuitable(InstanceConfig instance) {
    for (VirtualAddressConfig address : instance.addresses()) {
      String kind = kindOf(address.address());
      if (!kind.isEmpty()) {
        findings.warning(
            "V019",
            node.place(instance, address.address().toString()),
            address.address() + " is " + kind + ": it cannot be the address of one host",
            "write the address that clients use");
      }
    }
  }

  private static String kindOf(IpAddress address) {
    boolean isIpv4 = address.family() == AddressFamily.IPV4;
    byte[] bytes = address.toBytes();
    int first = Byte.toUnsignedInt(bytes[0]);
    if (address.isMulticast()) {
      return "a multicast address";
    }
    if ((isIpv4 && first == 0) || (address.high() == 0 && address.low() == 0)) {
      return "no address but a placeholder";
    }
    if (isIpv4 && first >= RESERVED) {
      return "a broadcast or reserved address";
    }
    boolean isLoopback =
        isIpv4 ? first == LOOPBACK_NETWORK : address.high() == 0 && address.low() == 1;
    return isLoopback ? "a loopback address" : "";
  }

  private void subnets(InstanceConfig instance) {
    for (VirtualAddressConfig address : instance.addresses()) {
      if (!kindOf(address.address()).isEmpty()) {
        continue;
      }
      List<HostView.Network> networks = host.networks(instance.deviceOf(address));
      boolean hasFamily =
          networks.stream().anyMatch(it -> it.address().family() == address.address().family());
      boolean hasOwnPrefix = address.prefixLength() < longest(address);
      boolean isNear = networks.stream().anyMatch(it -> it.contains(address.address()));
      if (hasFamily && !isNear && !hasOwnPrefix && !address.address().isLinkLocal()) {
        findings.warning(
            "V012",
            node.place(instance, address.address().toString()),
            address.address()
                + " is in no network of "
                + instance.deviceOf(address)
                + ", so neighbours cannot reach it",
            "check the address, or write its prefix length");
      }
    }
  }

  private static int longest(VirtualAddressConfig address) {
    return address.address().family() == AddressFamily.IPV4 ? 32 : 128;
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
