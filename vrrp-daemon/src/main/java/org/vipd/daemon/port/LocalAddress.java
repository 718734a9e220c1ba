package org.vipd.daemon.port;

import org.vipd.protocol.value.IpAddress;

/**
 * An address of this machine.
 *
 * @param interfaceIndex the interface it is on
 * @param address the address
 * @param prefixLength length of its prefix in bits
 * @param isUsable whether packets can be sent from it now (not tentative, not failed in duplicate
 *     address detection)
 */
public record LocalAddress(
    int interfaceIndex, IpAddress address, int prefixLength, boolean isUsable) {}
