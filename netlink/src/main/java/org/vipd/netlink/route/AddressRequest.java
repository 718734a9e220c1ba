package org.vipd.netlink.route;

import java.net.InetAddress;
import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;

/**
 * An address to add, refresh or remove; removal looks at interface and prefix only.
 *
 * @param index the interface
 * @param prefix the local address and its prefix length
 * @param scope RT_SCOPE_* of the kernel header rtnetlink.h, 0..255: 0 global, 253 link, 254 host
 * @param label IPv4 only: at most 15 characters, by custom the interface name, a colon and a word
 * @param broadcast IPv4 only: the broadcast address
 * @param lifetime how long the kernel keeps it
 * @param noDad IPv6 only: skip duplicate address detection, so that the address works at once
 * @param noPrefixRoute do not add the route to its prefix
 * @param protocol who asks, as a number that the kernel keeps beside the address (IFA_PROTO since
 *     Linux 5.18, ignored before), 1..255; 0 for nobody
 */
public record AddressRequest(
    InterfaceIndex index,
    IpPrefix prefix,
    int scope,
    Optional<String> label,
    Optional<InetAddress> broadcast,
    AddressLifetime lifetime,
    boolean noDad,
    boolean noPrefixRoute,
    int protocol) {

  private static final int PROTOCOL_MAXIMUM = 255;
  private static final int SCOPE_MAXIMUM = 255;
  private static final int LABEL_MAXIMUM = 15;

  /** Checks scope, label and protocol. */
  public AddressRequest {
    if (protocol < 0 || protocol > PROTOCOL_MAXIMUM) {
      throw new IllegalArgumentException(
          "protocol " + protocol + " of " + prefix + ": must be 0.." + PROTOCOL_MAXIMUM);
    }
    if (scope < 0 || scope > SCOPE_MAXIMUM) {
      throw new IllegalArgumentException(
          "scope " + scope + " of " + prefix + ": must be 0.." + SCOPE_MAXIMUM);
    }
    if (label.filter(text -> text.isEmpty() || text.length() > LABEL_MAXIMUM).isPresent()) {
      throw new IllegalArgumentException(
          "label '"
              + label.get()
              + "' of "
              + prefix
              + ": must have 1.."
              + LABEL_MAXIMUM
              + " characters");
    }
  }

  /** Returns a request for a global address, kept for ever, without duplicate address detection. */
  public static AddressRequest of(InterfaceIndex index, IpPrefix prefix) {
    return new AddressRequest(
        index,
        prefix,
        0,
        Optional.empty(),
        Optional.empty(),
        AddressLifetime.FOREVER,
        true,
        false,
        0);
  }

  /** Returns the same with another lifetime. */
  public AddressRequest withLifetime(AddressLifetime other) {
    return new AddressRequest(
        index, prefix, scope, label, broadcast, other, noDad, noPrefixRoute, protocol);
  }

  /** Returns the same with a label. */
  public AddressRequest withLabel(String other) {
    return new AddressRequest(
        index,
        prefix,
        scope,
        Optional.of(other),
        broadcast,
        lifetime,
        noDad,
        noPrefixRoute,
        protocol);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof AddressRequest that
            && scope == that.scope
            && noDad == that.noDad
            && noPrefixRoute == that.noPrefixRoute
            && protocol == that.protocol
            && index.equals(that.index)
            && prefix.equals(that.prefix)
            && label.equals(that.label)
            && broadcast.equals(that.broadcast)
            && lifetime.equals(that.lifetime));
  }

  @Override
  public int hashCode() {
    return (index.hashCode() * 31 + prefix.hashCode()) * 31 + scope;
  }
}
