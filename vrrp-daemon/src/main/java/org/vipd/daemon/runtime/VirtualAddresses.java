package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.Map;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.protocol.value.IpAddress;

/**
 * Every virtual address of the configuration: never a source of advertisements. Those of owners are
 * not among them: an owner has its addresses anyway, and others may send from them.
 */
final class VirtualAddresses {

  private final Map<IpAddress, Integer> uses = new HashMap<>();

  boolean contains(IpAddress address) {
    return uses.containsKey(address);
  }

  /** Whether more than one instance has it. */
  boolean isShared(IpAddress address) {
    return uses.getOrDefault(address, 0) > 1;
  }

  void add(InstanceConfig instance) {
    if (!instance.election().priority().isOwner()) {
      for (VirtualAddressConfig each : instance.addresses()) {
        uses.merge(each.address(), 1, Integer::sum);
      }
    }
  }

  /** Takes back what {@link #add} did for the same definition. */
  void remove(InstanceConfig instance) {
    if (!instance.election().priority().isOwner()) {
      for (VirtualAddressConfig each : instance.addresses()) {
        uses.computeIfPresent(
            each.address(), (address, count) -> count == 1 ? null : Integer.valueOf(count - 1));
      }
    }
  }
}
