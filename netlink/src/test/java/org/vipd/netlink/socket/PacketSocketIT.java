package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.arp.GratuitousArp;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.ndp.UnsolicitedAdvertisement;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.NetworkNamespace;

/** What the real neighbour on the other side makes of our frames. The time limit ends a hang. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PacketSocketIT {

  private static final int ICMPV6 = 58;
  private static final MacAddress ANNOUNCED = new MacAddress(0x0000_5E00_0133L);

  private NetworkNamespace left;
  private NetworkNamespace right;
  private InterfaceIndex index;

  @BeforeAll
  void connect() {
    NetworkNamespace.assumeAvailable();
    left = NetworkNamespace.create("netlink-c");
    right = NetworkNamespace.create("netlink-d");
    NetworkNamespace.connect(left, "c0", right, "d0");
    right.run("ip", "addr", "add", "10.9.1.2/24", "dev", "d0");
    right.run("ip", "addr", "add", "fe80::d/64", "dev", "d0", "nodad");
    index = new InterfaceIndex(left.interfaceIndex("c0"));
  }

  @AfterAll
  void disconnect() {
    Optional.ofNullable(left).ifPresent(NetworkNamespace::close);
    Optional.ofNullable(right).ifPresent(NetworkNamespace::close);
  }

  @Test
  void changesTheNeighboursArpEntry() {
    right.run(
        "ip",
        "neigh",
        "add",
        "10.9.1.9",
        "lladdr",
        "02:00:00:00:00:77",
        "dev",
        "d0",
        "nud",
        "stale");

    try (PacketSocket socket = left.call(PacketSocket::open)) {
      byte[] frame = GratuitousArp.request(ANNOUNCED, (Inet4Address) Addresses.ip("10.9.1.9"));
      socket.send(index, ByteBuffer.wrap(frame));
    }

    assertThat(right.run("ip", "neigh", "show", "10.9.1.9")).contains("00:00:5e:00:01:33");
  }

  @Test
  void deliversANeighbourAdvertisementWithAGoodChecksum() {
    right.run(
        "ip",
        "neigh",
        "add",
        "fe80::9",
        "lladdr",
        "02:00:00:00:00:77",
        "dev",
        "d0",
        "nud",
        "stale");
    RawIpSocket.Options options =
        new RawIpSocket.Options(
            IpFamily.IPV6,
            new InterfaceIndex(right.interfaceIndex("d0")),
            "d0",
            ICMPV6,
            Optional.of(Addresses.ip("ff02::1")),
            Optional.empty());
    try (PacketSocket socket = left.call(PacketSocket::open);
        RawIpSocket receiver = right.call(() -> RawIpSocket.open(options));
        Poller poller = Poller.open()) {
      byte[] frame =
          UnsolicitedAdvertisement.frame(ANNOUNCED, (Inet6Address) Addresses.ip("fe80::9"), true);
      socket.send(index, ByteBuffer.wrap(frame));

      poller.watch(receiver.receiveFd(), Poller.READABLE, 0);
      Datagram datagram = new Datagram();
      do {
        poller.await(Long.MAX_VALUE);
      } while (!receiver.receive(datagram) || datagram.sourceLow() != 9);
      assertThat(datagram.hopLimit()).isEqualTo(255);
      assertThat(datagram.payload().get(0)).isEqualTo((byte) 136);
      assertThat(right.run("ip", "neigh", "show", "fe80::9")).contains("00:00:5e:00:01:33");
    }
  }

  @Test
  void reportsAMissingInterface() {
    try (PacketSocket socket = left.call(PacketSocket::open)) {
      assertThatThrownBy(() -> socket.send(new InterfaceIndex(9999), ByteBuffer.allocate(60)))
          .isInstanceOfSatisfying(
              SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENXIO));
    }
  }

  @Test
  void rejectsFramesWithoutAnEthernetHeader() {
    try (PacketSocket socket = left.call(PacketSocket::open)) {
      assertThatThrownBy(() -> socket.send(index, ByteBuffer.allocate(13)))
          .hasMessageContaining("14..");
    }
  }
}
