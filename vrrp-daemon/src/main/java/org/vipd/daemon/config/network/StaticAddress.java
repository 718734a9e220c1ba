package org.vipd.daemon.config.network;

import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;

/**
 * An address that is on an interface as long as the daemon runs.
 *
 * @param address the address
 * @param trackGroup group of instances it is tied to
 */
public record StaticAddress(VirtualAddressConfig address, Optional<String> trackGroup) {}
