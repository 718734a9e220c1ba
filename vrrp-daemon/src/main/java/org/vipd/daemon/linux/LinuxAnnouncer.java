package org.vipd.daemon.linux;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vipd.daemon.port.AnnouncePort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.PortException;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.arp.GratuitousArp;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.ndp.UnsolicitedAdvertisement;
import org.vipd.netlink.socket.PacketSocket;
import org.vipd.protocol.value.IpAddress;

/**
 * Sends gratuitous ARP requests and unsolicited neighbour advertisements; the router flag is always
 * set.
 */
public final class LinuxAnnouncer implements AnnouncePort, AutoCloseable {

  private static final int FRAME_LIMIT = 4096;

  private final PacketSocket socket;
  private final Map<Key, ByteBuffer> frames = new LinkedHashMap<>();

  private record Key(long mac, IpAddress address) {

    // by hand: what Java makes for records is spun at the first call, milliseconds before the first
    // announcement
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && mac == that.mac && address.equals(that.address);
    }

    @Override
    public int hashCode() {
      return address.hashCode() * 31 + Long.hashCode(mac);
    }
  }

  private LinuxAnnouncer(PacketSocket socket) {
    this.socket = socket;
  }

  /** Opens the packet socket; fails without CAP_NET_RAW. */
  public static LinuxAnnouncer open() throws PortException {
    try {
      return new LinuxAnnouncer(PacketSocket.open());
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public void announce(LinkState link, IpAddress address) throws PortException {
    if (link.mac() == 0) {
      // no hardware address, so no neighbour caches anything (tunnels, loopback)
      return;
    }
    if (frames.size() >= FRAME_LIMIT) {
      frames.clear();
    }
    ByteBuffer frame = frames.computeIfAbsent(new Key(link.mac(), address), LinuxAnnouncer::frame);
    try {
      socket.send(new InterfaceIndex(link.index()), frame);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  private static ByteBuffer frame(Key key) {
    InetAddress address = Addresses.toJdk(key.address());
    MacAddress mac = new MacAddress(key.mac());
    byte[] bytes =
        address instanceof Inet4Address ipv4
            ? GratuitousArp.request(mac, ipv4)
            : UnsolicitedAdvertisement.frame(mac, (Inet6Address) address, true);
    ByteBuffer frame = ByteBuffer.allocateDirect(bytes.length);
    frame.put(bytes).flip();
    return frame;
  }

  @Override
  public void close() {
    socket.close();
  }
}
