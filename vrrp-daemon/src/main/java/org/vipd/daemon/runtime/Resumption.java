package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.LocalAddress.Origin;

/**
 * Finds out whether a router may go on as the Active that a former process was: its addresses are
 * still there, so their lease has not ended, so nobody else can have claimed them.
 */
final class Resumption {

  private final InterfaceTable interfaces;
  private boolean hasChance;

  /**
   * For one router.
   *
   * @param hasChance whether the daemon has just started; later the addresses may be those of
   *     another router of this daemon
   */
  Resumption(InterfaceTable interfaces, boolean hasChance) {
    this.interfaces = interfaces;
    this.hasChance = hasChance;
  }

  /** Whether the router resumes; only its first start can. */
  boolean takeChance(InstanceConfig config) {
    boolean resumes = hasChance && isPossible(config);
    hasChance = false;
    return resumes;
  }

  /** Whether all addresses of an instance are there, with a lease that others wait for. */
  boolean isPossible(InstanceConfig config) {
    int missed = config.election().behaviour().downTimerAdverts();
    long patience = missed * config.election().interval().nanos();
    boolean isProof = config.election().lease().nanos() <= patience;
    return isProof
        && !config.addresses().isEmpty()
        && config.addresses().stream().allMatch(address -> isThere(config, address));
  }

  private boolean isThere(InstanceConfig config, VirtualAddressConfig address) {
    Optional<LinkState> link = interfaces.link(config.deviceOf(address));
    return link.isPresent()
        && interfaces.addressesOf(link.get().index()).stream()
            .anyMatch(known -> isLeftover(known, address));
  }

  private static boolean isLeftover(LocalAddress known, VirtualAddressConfig address) {
    return known.origin() == Origin.VIPD_LEASED
        && known.address().equals(address.address())
        && known.prefixLength() == address.prefixLength();
  }
}
