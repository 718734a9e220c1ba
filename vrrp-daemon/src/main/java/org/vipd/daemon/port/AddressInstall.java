package org.vipd.daemon.port;

import org.vipd.daemon.config.VirtualAddressConfig;

/**
 * A virtual address and the interface it belongs on.
 *
 * @param interfaceIndex kernel's number of the interface
 * @param interfaceName its name, for messages
 * @param address what to install or remove
 */
public record AddressInstall(
    int interfaceIndex, String interfaceName, VirtualAddressConfig address) {}
