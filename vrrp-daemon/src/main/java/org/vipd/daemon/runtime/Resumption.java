package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.PortException;

/**
 * Finds out whether a router may go on as the Active that a former process was: its addresses are
 * still there, so their lease has not ended, so nobody else can have claimed them.
 */
final class Resumption {

  /** Older knowledge of the kernel's addresses is looked at again: their leases run on. */
  private static final long FRESH_NANOS = 100_000_000L;

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
  boolean takeChance(InstanceConfig config, RouterContext context) {
    boolean resumes =
        hasChance(config, context.ports().addresses()) && isStillPossible(config, context);
    hasChance = false;
    return resumes;
  }

  /** Whether the router may resume, as far as is known without another look at the kernel. */
  boolean hasChance(InstanceConfig config, AddressPort port) {
    return hasChance && isPossible(config) && isRecorded(config, port);
  }

  /**
   * A busy host takes its time from the listing of addresses to the start of the last router; the
   * kernel's reports of what it removed meanwhile have not been read yet.
   */
  private boolean isStillPossible(InstanceConfig config, RouterContext context) {
    if (interfaces.isListedSince(context.clock().nanos() - FRESH_NANOS)) {
      return true;
    }
    try {
      interfaces.list(context.ports().links());
      return isPossible(config);
    } catch (PortException e) {
      // nobody knows: a Backup claims in a moment, when nobody else has
      return false;
    }
  }

  /** Whether others wait for the end of a lease: who still has the addresses is the Active. */
  static boolean isProof(InstanceConfig config) {
    return config.election().lease().nanos() <= patienceNanos(config);
  }

  /** How long others wait at least. */
  static long patienceNanos(InstanceConfig config) {
    int missed = config.election().behaviour().downTimerAdverts();
    return missed * config.election().interval().nanos();
  }

  /** Whether all addresses of an instance are there, with a lease that others wait for. */
  boolean isPossible(InstanceConfig config) {
    return isProof(config)
        && !config.addresses().isEmpty()
        && config.addresses().stream().allMatch(address -> isThere(config, address));
  }

  /** Whether a former run added all of them; another vipd of this host has the same mark. */
  private boolean isRecorded(InstanceConfig config, AddressPort port) {
    for (VirtualAddressConfig address : config.addresses()) {
      Optional<LinkState> link = interfaces.link(config.deviceOf(address));
      boolean isLeft =
          link.isPresent()
              && port.isLeft(new AddressInstall(link.get().index(), link.get().name(), address));
      if (!isLeft) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(InstanceConfig config, VirtualAddressConfig address) {
    Optional<LinkState> link = interfaces.link(config.deviceOf(address));
    return link.isPresent() && interfaces.hasLeased(local(link.get(), address));
  }

  private static LocalAddress local(LinkState link, VirtualAddressConfig address) {
    return new LocalAddress(link.index(), address.address(), address.prefixLength(), true);
  }
}
