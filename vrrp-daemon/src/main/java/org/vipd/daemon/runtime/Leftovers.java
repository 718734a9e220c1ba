package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.value.IpAddress;

/**
 * Removes virtual addresses that a former run left behind, whatever their prefix length. An address
 * that is the only one of its family on the interface is the host's own and stays, as do the
 * addresses of an owner.
 */
final class Leftovers {

  private final RouterContext context;
  private final List<AddressInstall> found = new ArrayList<>();
  private final Set<IpAddress> served = new HashSet<>();
  private boolean isUnservedLeft;

  Leftovers(RouterContext context) {
    this.context = context;
  }

  void remove(DaemonConfig config) {
    config.instances().forEach(it -> it.addresses().forEach(has -> served.add(has.address())));
    isUnservedLeft = true;
    for (InstanceConfig instance : config.instances()) {
      boolean isResumed = context.resumptionRule().permits(instance);
      if (!instance.election().priority().isOwner() && !isResumed) {
        instance.addresses().forEach(address -> look(instance, address));
      }
    }
    requestRemoval();
    context.tables().removals().finish();
  }

  /**
   * Removes, once, addresses whose lease still runs and that no router has any more; not before all
   * have decided whether they resume, for which all of a former router must be there.
   */
  void removeUnserved(List<ManagedRouter> routers) {
    if (!isUnservedLeft || routers.stream().anyMatch(Leftovers::mayResume)) {
      return;
    }
    isUnservedLeft = false;
    for (LinkState link : context.interfaces().links()) {
      for (LocalAddress known : context.interfaces().addressesOf(link.index())) {
        boolean hasLease = known.origin() == LocalAddress.Origin.VIPD_LEASED;
        if (hasLease && !served.contains(known.address())) {
          lookUnserved(known, link);
        }
      }
    }
    requestRemoval();
  }

  private static boolean mayResume(ManagedRouter router) {
    return router.machine().kind() == StateKind.INITIALIZE && router.hasChanceToResume();
  }

  private void lookUnserved(LocalAddress known, LinkState link) {
    VirtualAddressConfig address =
        new VirtualAddressConfig(
            known.address(), known.prefixLength(), Optional.empty(), AddressOptions.NONE, true);
    AddressInstall install = new AddressInstall(link.index(), link.name(), address);
    if (context.ports().addresses().isLeft(install)) {
      found.add(install);
    }
  }

  private void requestRemoval() {
    if (found.isEmpty()) {
      return;
    }
    found.forEach(this::announce);
    context.tables().removals().remove(found, context.ports().journal()::error);
    found.clear();
  }

  private void announce(AddressInstall leftover) {
    InterfaceTable interfaces = context.interfaces();
    LocalAddress local = leftover.local();
    warn(
        "removing "
            + leftover.address().text()
            + " from "
            + leftover.interfaceName()
            + (interfaces.hasMarked(local) || interfaces.hasLeased(local)
                ? ": left over from a former run"
                : ": it is a virtual address of this configuration and was there before the start,"
                    + " without the mark of vipd; if a keepalived added it, end that one, or it"
                    + " serves the address again"));
  }

  private void look(InstanceConfig instance, VirtualAddressConfig address) {
    context
        .interfaces()
        .link(instance.deviceOf(address))
        .ifPresent(link -> look(instance, address, link));
  }

  private void look(InstanceConfig instance, VirtualAddressConfig address, LinkState link) {
    for (LocalAddress known : context.interfaces().addressesOf(link.index())) {
      if (!known.address().equals(address.address())) {
        continue;
      }
      VirtualAddressConfig there = address.withPrefixLength(known.prefixLength());
      if (isOnlyAddress(known)) {
        warn(
            instance.name()
                + ": "
                + there.text()
                + " is the only address of "
                + link.name()
                + " and is left alone; a virtual address must not be the host's own, except with priority 255");
      } else {
        AddressInstall install = new AddressInstall(link.index(), link.name(), there);
        if (isFormerRuns(known, install)) {
          found.add(install);
        }
      }
    }
  }

  /** What has a lease and is not in the ledger is another vipd's, or goes by itself. */
  private boolean isFormerRuns(LocalAddress known, AddressInstall install) {
    return known.origin() != LocalAddress.Origin.VIPD_LEASED
        || context.ports().addresses().isLeft(install);
  }

  private boolean isOnlyAddress(LocalAddress address) {
    return context.interfaces().addressesOf(address.interfaceIndex()).stream()
        .filter(other -> other.address().family() == address.address().family())
        .allMatch(other -> context.tables().virtualAddresses().contains(other.address()));
  }

  private void warn(String message) {
    context.ports().journal().warn(message);
  }
}
