package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LocalAddress;

/**
 * The virtual addresses that one router has on this machine now. Only what the kernel confirmed is
 * held; what it refused is asked for again later.
 */
final class HeldAddresses {

  private final AddressPort port;
  private final Map<VirtualAddressConfig, AddressInstall> held = new LinkedHashMap<>();
  private final Set<VirtualAddressConfig> kept = new HashSet<>();
  private final Set<VirtualAddressConfig> adopted = new HashSet<>();
  private List<AddressInstall> leased = List.of();
  private long version;
  private final List<String> complaints = new ArrayList<>();

  HeldAddresses(AddressPort port) {
    this.port = port;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  boolean has(VirtualAddressConfig address) {
    return held.containsKey(address);
  }

  List<VirtualAddressConfig> list() {
    return List.copyOf(held.keySet());
  }

  /**
   * Installs addresses.
   *
   * @param seconds how long the kernel keeps them at first, when they have a lease
   * @param ofHost those that are the host's own where they are there already: they stay when the
   *     router gives up, and have no lease
   * @return those that were not on their interface before
   */
  List<VirtualAddressConfig> install(
      List<AddressInstall> wanted, int seconds, Predicate<AddressInstall> ofHost) {
    List<VirtualAddressConfig> added = new ArrayList<>();
    if (wanted.isEmpty()) {
      return added;
    }
    List<AddressInstall> asked = first(wanted, seconds);
    AddressPort.Installed result = port.install(asked);
    Set<AddressInstall> refused = new HashSet<>();
    result.failures().forEach(failure -> complaints.add(failure.message()));
    result.failures().forEach(failure -> refused.add(failure.address()));
    Set<AddressInstall> existing = new HashSet<>(result.existing());
    for (int i = 0; i < asked.size(); i++) {
      AddressInstall install = wanted.get(i);
      if (refused.contains(asked.get(i))) {
        forget(install.address());
        continue;
      }
      if (!existing.contains(asked.get(i))) {
        added.add(install.address());
        adopted.remove(install.address());
        // whoever put it there has taken it away: what is there now is ours
        kept.remove(install.address());
      } else if (!held.containsKey(install.address())) {
        (ofHost.test(install) ? kept : adopted).add(install.address());
      }
      held.put(install.address(), install);
    }
    changed();
    refreshExisting(asked, result);
    return added;
  }

  /** An address that was lost and is refused now is not there. */
  private void forget(VirtualAddressConfig address) {
    held.remove(address);
    kept.remove(address);
    adopted.remove(address);
  }

  /** What to ask the kernel for at first. */
  private static List<AddressInstall> first(List<AddressInstall> wanted, int seconds) {
    Lease whole = wanted.get(0).lease();
    if (!whole.isOn() || whole.seconds() == seconds) {
      return wanted;
    }
    List<AddressInstall> shorter = new ArrayList<>();
    wanted.forEach(it -> shorter.add(it.withLease(new Lease(seconds))));
    return shorter;
  }

  /** Holds nothing any more; answers what is still to be removed. */
  List<AddressInstall> giveUp() {
    return giveUpAllBut(List.of());
  }

  /** Holds only what is wanted; answers what is still to be removed. */
  List<AddressInstall> giveUpAllBut(List<VirtualAddressConfig> wanted) {
    Set<VirtualAddressConfig> stay = new HashSet<>(wanted);
    if (stay.containsAll(held.keySet())) {
      return List.of();
    }
    List<AddressInstall> unwanted = new ArrayList<>();
    for (AddressInstall install : List.copyOf(held.values())) {
      if (!stay.contains(install.address())) {
        held.remove(install.address());
        adopted.remove(install.address());
        if (!kept.remove(install.address())) {
          unwanted.add(install);
        }
      }
    }
    changed();
    return unwanted;
  }

  /** Whether it is held and was added here. */
  boolean isOwn(VirtualAddressConfig address) {
    return held.containsKey(address) && !adopted.contains(address) && !kept.contains(address);
  }

  /** Whether all that is held was there before, and stays. */
  boolean isOfTheHost() {
    return kept.containsAll(held.keySet());
  }

  /** What was found there by a claim, and is held all the same: a former run may have left it. */
  List<AddressInstall> adopted() {
    return adopted.isEmpty() ? List.of() : adopted.stream().map(held::get).toList();
  }

  /** What was found there is somebody else's after all: it stays when the router gives up. */
  void leaveAdopted() {
    kept.addAll(adopted);
    changed();
  }

  /** What was there before has the rest of another lease, or none, and perhaps no mark. */
  private void refreshExisting(List<AddressInstall> asked, AddressPort.Installed result) {
    if (result.existing().isEmpty()) {
      return;
    }
    Set<AddressInstall> known = new HashSet<>(result.existing());
    List<AddressInstall> existing =
        asked.stream().filter(known::contains).filter(this::isTaken).toList();
    if (!existing.isEmpty()) {
      port.refresh(existing).forEach(failure -> complaints.add(failure.message()));
    }
  }

  private boolean isTaken(AddressInstall asked) {
    return held.containsKey(asked.address()) && !kept.contains(asked.address());
  }

  /** Those without a lease that were there, and are held as if they had been added. */
  List<AddressInstall> takenOver(List<AddressInstall> wanted, List<VirtualAddressConfig> added) {
    if (added.size() == wanted.size() || wanted.get(0).lease().isOn()) {
      return List.of();
    }
    Set<VirtualAddressConfig> fresh = new HashSet<>(added);
    return wanted.stream().filter(it -> isTaken(it) && !fresh.contains(it.address())).toList();
  }

  private void changed() {
    version++;
    leased =
        held.values().stream()
            .filter(install -> install.lease().isOn() && !kept.contains(install.address()))
            .toList();
  }

  /** Those that the kernel takes away when they are not refreshed; never those of the host. */
  List<AddressInstall> leased() {
    return leased;
  }

  /** Another number after each change. */
  long version() {
    return version;
  }

  /** Whether an address is held under another lease. */
  boolean hasOtherThan(Lease lease) {
    for (AddressInstall install : held.values()) {
      if (!install.lease().equals(lease) && !kept.contains(install.address())) {
        return true;
      }
    }
    return false;
  }

  /** Puts all addresses under another lease. */
  void changeLease(Lease lease) {
    List<AddressInstall> changed = new ArrayList<>();
    for (AddressInstall install : List.copyOf(held.values())) {
      if (!install.lease().equals(lease) && !kept.contains(install.address())) {
        AddressInstall other = install.withLease(lease);
        held.put(install.address(), other);
        changed.add(other);
      }
    }
    if (!changed.isEmpty()) {
      changed();
      port.refresh(changed).forEach(failure -> complaints.add(failure.message()));
    }
  }

  /** The held addresses that are not listed, as the kernel should list them. */
  List<LocalAddress> missingFrom(InterfaceTable interfaces) {
    List<LocalAddress> missing = new ArrayList<>();
    for (AddressInstall install : held.values()) {
      LocalAddress address = install.local();
      if (!interfaces.has(address)) {
        missing.add(address);
      }
    }
    return missing;
  }

  /** The first whose interface has lost its name to another one. */
  Optional<AddressInstall> onFormerLink(InterfaceTable interfaces) {
    for (AddressInstall install : held.values()) {
      if (interfaces.heirOf(install.interfaceName(), install.interfaceIndex()).isPresent()) {
        return Optional.of(install);
      }
    }
    return Optional.empty();
  }

  /** The held address that an event is about. */
  List<AddressInstall> matching(LocalAddress address) {
    return held.values().stream()
        .filter(
            install ->
                install.interfaceIndex() == address.interfaceIndex()
                    && install.address().address().equals(address.address())
                    && install.address().prefixLength() == address.prefixLength())
        .toList();
  }

  /** What the kernel refused later. */
  void complain(String complaint) {
    complaints.add(complaint);
  }

  /** What failed since this was last asked. */
  List<String> takeComplaints() {
    List<String> taken = List.copyOf(complaints);
    complaints.clear();
    return taken;
  }
}
