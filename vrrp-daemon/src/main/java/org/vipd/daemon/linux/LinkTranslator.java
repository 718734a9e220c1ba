package org.vipd.daemon.linux;

import java.util.Set;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.route.InterfaceAddress;
import org.vipd.netlink.route.Link;
import org.vipd.netlink.route.RouteListener;

/** Passes kernel events on in the words of the domain. */
record LinkTranslator(LinkListener listener) implements RouteListener {

  /** Kinds of devices that take what arrives at their ports; one of a VRF keeps it. */
  private static final Set<String> TAKING = Set.of("bridge", "bond", "team");

  private static final boolean KEEPS_MARKS = KernelVersion.running().keepsAddressProtocol();

  static LinkState translate(Link link) {
    return new LinkState(
        link.index().value(),
        link.name(),
        link.mac().bits(),
        link.isUsable(),
        link.mtu(),
        TAKING.contains(link.portOf()) ? link.portOf() : "");
  }

  static LocalAddress translate(InterfaceAddress address) {
    return translate(address, KEEPS_MARKS);
  }

  static LocalAddress translate(InterfaceAddress address, boolean keepsMarks) {
    return new LocalAddress(
        address.index().value(),
        Addresses.fromJdk(address.prefix().address()),
        address.prefix().length(),
        !address.tentative() && !address.dadFailed(),
        origin(address, keepsMarks));
  }

  private static LocalAddress.Origin origin(InterfaceAddress address, boolean keepsMarks) {
    boolean isLeased = (address.flags() & InterfaceAddress.FLAG_PERMANENT) == 0;
    boolean isOurs = address.protocol() == LinuxAddresses.PROTOCOL;
    if (isLeased && (isOurs || address.protocol() == 0)) {
      return isOurs || !keepsMarks ? LocalAddress.Origin.VIPD_LEASED : LocalAddress.Origin.LEASED;
    }
    return isOurs ? LocalAddress.Origin.VIPD : LocalAddress.Origin.OTHER;
  }

  @Override
  public void linkChanged(Link link) {
    listener.linkChanged(translate(link));
  }

  @Override
  public void linkRemoved(InterfaceIndex index, String name) {
    listener.linkRemoved(index.value());
  }

  @Override
  public void addressAdded(InterfaceAddress address) {
    listener.addressAdded(translate(address));
  }

  @Override
  public void addressRemoved(InterfaceAddress address) {
    listener.addressRemoved(translate(address));
  }

  @Override
  public void resynchronize() {
    listener.resynchronize();
  }
}
