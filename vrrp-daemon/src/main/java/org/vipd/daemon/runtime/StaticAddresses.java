package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;

/**
 * The static addresses that this daemon has added. What was there before is not held and stays;
 * what the kernel refused is asked for again later.
 */
final class StaticAddresses {

  private final RouterContext context;
  private final RouterCounters counters;
  private final InstallPortion portion;
  private final Interference interference = new Interference();
  private final Map<VirtualAddressConfig, AddressInstall> held = new LinkedHashMap<>();
  private final Map<VirtualAddressConfig, String> said = new HashMap<>();
  private List<VirtualAddressConfig> wanted = List.of();

  StaticAddresses(RouterContext context, RouterCounters counters) {
    this.context = context;
    this.counters = counters;
    this.portion = new InstallPortion(context.tables().installations(), context.clock());
  }

  /** What is to be there; each names its interface. */
  void want(List<VirtualAddressConfig> addresses) {
    wanted = addresses;
    interference.forget();
  }

  /** What is to be there. */
  List<VirtualAddressConfig> wanted() {
    return wanted;
  }

  /** What this daemon has added. */
  List<VirtualAddressConfig> list() {
    return List.copyOf(held.keySet());
  }

  /** Gets ready to install. */
  void prepare() {
    List<AddressInstall> all = new ArrayList<>();
    wanted.forEach(address -> target(address).filter(this::mayBeOurs).ifPresent(all::add));
    if (!all.isEmpty()) {
      context.ports().addresses().prepare(all);
    }
  }

  /** What is somebody else's must not be recorded: the next process would remove it. */
  private boolean mayBeOurs(AddressInstall install) {
    return install.equals(held.get(install.address()))
        || !context.interfaces().has(install.local())
        || isLeft(install);
  }

  /** The mark alone does not tell: another vipd on this host may have added it. */
  private boolean isLeft(AddressInstall install) {
    return context.interfaces().hasMarked(install.local())
        && context.ports().addresses().isLeft(install);
  }

  /** Why nothing is put back now. */
  Optional<String> obstacle(long nowNanos) {
    return interference.obstacle(nowNanos);
  }

  /**
   * Installs those that are missing, from a place in the list on; IPv6 addresses only as many as
   * the kernel can take in a turn.
   *
   * @param most how many are looked at
   * @return where the next portion begins
   */
  int install(int from, int most) {
    List<AddressInstall> missing = new ArrayList<>();
    portion.begin(from);
    while (portion.position() - from < most && portion.takes(wanted)) {
      VirtualAddressConfig address = wanted.get(portion.position());
      Optional<AddressInstall> target = missing(address);
      target.ifPresent(missing::add);
      portion.next(target.isPresent(), address);
    }
    if (!missing.isEmpty()) {
      long beforeNanos = context.clock().nanos();
      ask(missing);
      portion.askedSince(beforeNanos);
    }
    return portion.position();
  }

  /** What the kernel is to be asked for; empty when it is there, or cannot be. */
  private Optional<AddressInstall> missing(VirtualAddressConfig address) {
    Optional<AddressInstall> target = target(address);
    leaveInterface(address, target);
    if (target.isEmpty()) {
      complain(
          address,
          "cannot install "
              + title(address)
              + ": there is no interface "
              + device(address)
              + "; it is installed when there is");
    }
    return target.filter(this::isMissing);
  }

  /** An interface that has another name now is not the one that the configuration means. */
  private void leaveInterface(VirtualAddressConfig address, Optional<AddressInstall> target) {
    AddressInstall before = held.get(address);
    if (before != null && !target.equals(Optional.of(before))) {
      held.remove(address);
      if (context.interfaces().has(before.local())) {
        context.tables().removals().remove(List.of(before), this::removalFailed);
      }
    }
  }

  /** Whether it has to be asked for; an untracked one that was lost is not. */
  private boolean isMissing(AddressInstall install) {
    boolean isHeld = install.equals(held.get(install.address()));
    boolean isThere = context.interfaces().has(install.local());
    if (isThere && !isHeld && !said.containsKey(install.address()) && isLeft(install)) {
      held.put(install.address(), install);
      context.ports().journal().info(title(install.address()) + " is there from a former run");
    } else if (isThere && !(isHeld && isOurs(install))) {
      leave(install);
    }
    return !isThere && (!isHeld || isTracked(install.address()));
  }

  private void ask(List<AddressInstall> missing) {
    context.tables().removals().makeWayFor(missing);
    AddressPort.Installed result = context.ports().addresses().install(missing);
    Set<AddressInstall> open = new HashSet<>(missing);
    for (AddressPort.Failure failure : result.failures()) {
      open.remove(failure.address());
      held.remove(failure.address().address());
      complain(failure.address().address(), failure.message());
    }
    for (AddressInstall existing : result.existing()) {
      open.remove(existing);
      if (!existing.equals(held.get(existing.address()))) {
        leave(existing);
      }
    }
    for (AddressInstall install : missing) {
      if (open.contains(install)) {
        added(install);
      }
    }
  }

  /** Another program may have put its own in the place of ours. */
  private boolean isOurs(AddressInstall install) {
    return !context.interfaces().isForeign(install.local());
  }

  private void leave(AddressInstall existing) {
    boolean isReplaced = held.remove(existing.address()) != null;
    context.ports().addresses().withdraw(existing);
    String who =
        context.interfaces().hasMarked(existing.local())
            ? "another vipd on this host, or one whose ledger is lost,"
            : "somebody else";
    say(
        existing.address(),
        title(existing.address())
            + (isReplaced
                ? " is ours no more: another program has replaced it"
                : " is not installed: it is there already, " + who + " added it")
            + ", and it is left alone");
  }

  private void added(AddressInstall install) {
    said.remove(install.address());
    context.interfaces().expect(install.local());
    if (install.equals(held.put(install.address(), install))) {
      counters.count(RouterCounter.ADDRESSES_RESTORED);
      warn(title(install.address()) + " was gone and is put back");
    }
  }

  /** Another program removed an address: it is put back, unless that happens too often. */
  void removed(LocalAddress address, long nowNanos) {
    List<AddressInstall> lost = new ArrayList<>();
    if (context.interfaces().has(address)) {
      return;
    }
    for (AddressInstall install : held.values()) {
      if (isTracked(install.address()) && install.local().equals(address.plain())) {
        lost.add(install);
      }
    }
    if (lost.isEmpty() || obstacle(nowNanos).isPresent()) {
      return;
    }
    if (interference.permitsRepair(List.of(address), nowNanos)) {
      ask(lost);
    } else {
      interference.giveUp("another program keeps removing it", nowNanos);
      warn(title(lost.get(0).address()) + " is not put back: " + obstacle(nowNanos).orElse(""));
    }
  }

  /** Removes what is held and not in the list, the last one first. */
  void removeAllBut(List<VirtualAddressConfig> kept) {
    Set<VirtualAddressConfig> stay = new HashSet<>(kept);
    List<AddressInstall> unwanted = new ArrayList<>();
    for (AddressInstall install : List.copyOf(held.values())) {
      if (!stay.contains(install.address())) {
        held.remove(install.address());
        giveUp(install, unwanted);
      }
    }
    said.keySet().retainAll(stay);
    if (!unwanted.isEmpty()) {
      context.tables().removals().remove(unwanted, this::removalFailed);
    }
  }

  private void giveUp(AddressInstall install, List<AddressInstall> unwanted) {
    if (isOurs(install)) {
      unwanted.add(0, install);
    } else {
      warn(title(install.address()) + " is not removed: another program has replaced it");
    }
  }

  private void removalFailed(String complaint) {
    counters.count(RouterCounter.ADDRESS_ERRORS);
    context.ports().journal().error(complaint);
  }

  private Optional<AddressInstall> target(VirtualAddressConfig address) {
    return context
        .interfaces()
        .link(device(address))
        .map((LinkState link) -> new AddressInstall(link.index(), link.name(), address));
  }

  private static boolean isTracked(VirtualAddressConfig address) {
    return address.options().rare().isTracked();
  }

  private static String device(VirtualAddressConfig address) {
    return address.device().orElseThrow();
  }

  private static String title(VirtualAddressConfig address) {
    return "static address " + address.text() + " on " + device(address);
  }

  private void complain(VirtualAddressConfig address, String complaint) {
    counters.count(RouterCounter.ADDRESS_ERRORS);
    if (!complaint.equals(said.put(address, complaint))) {
      context.ports().journal().error(complaint);
    }
  }

  private void say(VirtualAddressConfig address, String text) {
    if (!text.equals(said.put(address, text))) {
      warn(text);
    }
  }

  private void warn(String text) {
    context.ports().journal().warn(text);
  }
}
