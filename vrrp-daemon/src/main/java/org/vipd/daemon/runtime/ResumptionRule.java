package org.vipd.daemon.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;

/**
 * Whether a router may go on as the Active that a former process was. All addresses that this very
 * router had then are still there, so their lease has not ended, so nobody else can have claimed
 * them. What it did not have yet proves nothing and may be missing. See
 * docs/decisions/0048-resume-with-more-addresses.md.
 */
final class ResumptionRule {

  private final InterfaceTable interfaces;
  private final AddressPort record;

  ResumptionRule(InterfaceTable interfaces, AddressPort record) {
    this.interfaces = interfaces;
    this.record = record;
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

  /** Whether the router may, as far as is known without another look at the kernel. */
  boolean permits(InstanceConfig config) {
    if (!isProof(config) || config.addresses().isEmpty()) {
      return false;
    }
    List<AddressInstall> had = record.recordedOf(config.identity());
    for (AddressInstall address : had) {
      if (!isLeft(address)) {
        return false;
      }
    }
    Set<LocalAddress> places = new HashSet<>();
    had.forEach(it -> places.add(it.local()));
    return goesOnWith(config, places);
  }

  /**
   * Whether one of the addresses at least was there before, and the others are or are new.
   *
   * @param had those that the router had, if that was recorded; else all must have been its own
   */
  private boolean goesOnWith(InstanceConfig config, Set<LocalAddress> had) {
    boolean hasOne = false;
    for (VirtualAddressConfig address : config.addresses()) {
      Optional<LinkState> link = interfaces.link(config.deviceOf(address));
      if (link.isEmpty()) {
        return false;
      }
      AddressInstall install = new AddressInstall(link.get().index(), link.get().name(), address);
      boolean isOwn =
          had.isEmpty()
              ? !record.isRecordedOfOther(install, config.identity())
              : had.contains(install.local());
      boolean isNew = !had.isEmpty() && !isOwn && isNew(install);
      if (!isNew && !isLeft(install)) {
        return false;
      }
      hasOne |= isOwn;
    }
    return hasOne;
  }

  private boolean isLeft(AddressInstall address) {
    return interfaces.hasLeased(address.local()) && record.isLeft(address);
  }

  /** What is there and was not recorded is somebody else's, or the host's own. */
  private boolean isNew(AddressInstall address) {
    return !record.isRecorded(address)
        && !interfaces.has(address.interfaceIndex(), address.address().address());
  }
}
