package org.vipd.daemon.port;

import java.util.Optional;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Which advertisements a channel carries. Channels with equal specifications are shared.
 *
 * @param interfaceIndex interface that sends and receives
 * @param interfaceName its name, for messages
 * @param family IPv4 or IPv6
 * @param group multicast group that is joined; empty for unicast
 * @param local own address that is listened on; empty for multicast
 */
public record ChannelSpec(
    int interfaceIndex,
    String interfaceName,
    AddressFamily family,
    Optional<IpAddress> group,
    Optional<IpAddress> local) {

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelSpec that
        && interfaceIndex == that.interfaceIndex
        && interfaceName.equals(that.interfaceName)
        && family == that.family
        && group.equals(that.group)
        && local.equals(that.local);
  }

  @Override
  public int hashCode() {
    return interfaceIndex * 31 + family.addressLength();
  }
}
