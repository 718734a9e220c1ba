package org.vipd.daemon.port;

import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.VirtualAddressConfig;

/**
 * A virtual address and the interface it belongs on.
 *
 * @param interfaceIndex kernel's number of the interface
 * @param interfaceName its name, for messages
 * @param address what to install or remove
 * @param lease how long the kernel keeps it without a refresh
 */
public record AddressInstall(
    int interfaceIndex, String interfaceName, VirtualAddressConfig address, Lease lease) {

  /** One that stays until it is removed. */
  public AddressInstall(int interfaceIndex, String interfaceName, VirtualAddressConfig address) {
    this(interfaceIndex, interfaceName, address, Lease.OFF);
  }

  /** The same under another lease. */
  public AddressInstall withLease(Lease other) {
    return new AddressInstall(interfaceIndex, interfaceName, address, other);
  }

  /** As the kernel lists it when it is there. */
  public LocalAddress local() {
    return new LocalAddress(interfaceIndex, address.address(), address.prefixLength(), true);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof AddressInstall that
            && interfaceIndex == that.interfaceIndex
            && interfaceName.equals(that.interfaceName)
            && address.equals(that.address)
            && lease.equals(that.lease));
  }

  @Override
  public int hashCode() {
    return (interfaceIndex * 31 + interfaceName.hashCode()) * 31 + address.hashCode();
  }
}
