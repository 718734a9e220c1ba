package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.NetworkNamespace;

/**
 * Two namespaces with two links between them: a0-b0 and a1-b1. The time limit only ends a test that
 * would hang.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawIpSocketIT {

  private static final int PROTOCOL = 253;
  private static final InetAddress GROUP = Addresses.ip("224.0.0.200");
  private static final InetAddress GROUP6 = Addresses.ip("ff02::200");
  private static final InetAddress A = Addresses.ip("10.9.0.1");
  private static final InetAddress B = Addresses.ip("10.9.0.2");
  private static final InetAddress A6 = Addresses.ip("fe80::a");
  private static final InetAddress B6 = Addresses.ip("fe80::b");

  private NetworkNamespace left;
  private NetworkNamespace right;

  @BeforeAll
  void connect() {
    NetworkNamespace.assumeAvailable();
    left = NetworkNamespace.create("netlink-a");
    right = NetworkNamespace.create("netlink-b");
    NetworkNamespace.connect(left, "a0", right, "b0");
    NetworkNamespace.connect(left, "a1", right, "b1");
    left.run("ip", "addr", "add", "10.9.0.1/24", "dev", "a0");
    right.run("ip", "addr", "add", "10.9.0.2/24", "dev", "b0");
    left.run("ip", "addr", "add", "fe80::a/64", "dev", "a0", "nodad");
    right.run("ip", "addr", "add", "fe80::b/64", "dev", "b0", "nodad");
  }

  @AfterAll
  void disconnect() {
    Optional.ofNullable(left).ifPresent(NetworkNamespace::close);
    Optional.ofNullable(right).ifPresent(NetworkNamespace::close);
  }

  @Test
  void passesIpv4MulticastWithTtlAndAddresses() {
    try (RawIpSocket sender = open(left, "a0", IpFamily.IPV4, Optional.of(GROUP));
        RawIpSocket receiver = open(right, "b0", IpFamily.IPV4, Optional.of(GROUP))) {
      sender.send(payload("hello"), A, GROUP, 255, PROTOCOL);

      Datagram datagram = await(receiver);
      assertThat(datagram.problem()).isEqualTo(Datagram.Problem.NONE);
      assertThat(text(datagram.payload())).isEqualTo("hello");
      assertThat(datagram.isIpv6()).isFalse();
      assertThat(datagram.hopLimit()).isEqualTo(255);
      assertThat(datagram.ipProtocol()).isEqualTo(PROTOCOL);
      assertThat(datagram.sourceLow()).isEqualTo(0x0A090001L);
      assertThat(datagram.destinationLow()).isEqualTo(0xE00000C8L);
      assertThat(datagram.interfaceIndex()).isEqualTo(right.interfaceIndex("b0"));
      assertThat(datagram.header().remaining()).isEqualTo(20);
      assertThat(datagram.header().get(1)).isEqualTo((byte) 0xC0);
      assertThat(datagram.header().getShort(4)).isEqualTo((short) 1);
      assertThat(datagram.header().getShort(6)).isZero();
    }
  }

  @Test
  void passesIpv6MulticastWithHopLimitAndAddresses() {
    try (RawIpSocket sender = open(left, "a0", IpFamily.IPV6, Optional.of(GROUP6));
        RawIpSocket receiver = open(right, "b0", IpFamily.IPV6, Optional.of(GROUP6))) {
      sender.send(payload("hello"), A6, GROUP6, 254, PROTOCOL);

      Datagram datagram = await(receiver);
      assertThat(datagram.problem()).isEqualTo(Datagram.Problem.NONE);
      assertThat(text(datagram.payload())).isEqualTo("hello");
      assertThat(datagram.isIpv6()).isTrue();
      assertThat(datagram.hopLimit()).isEqualTo(254);
      assertThat(datagram.ipProtocol()).isEqualTo(PROTOCOL);
      assertThat(datagram.sourceHigh()).isEqualTo(0xFE80L << 48);
      assertThat(datagram.sourceLow()).isEqualTo(0xAL);
      assertThat(datagram.destinationHigh()).isEqualTo(0xFF02L << 48);
      assertThat(datagram.destinationLow()).isEqualTo(0x200L);
      assertThat(datagram.interfaceIndex()).isEqualTo(right.interfaceIndex("b0"));
      assertThat(datagram.header().remaining()).isZero();
    }
  }

  @Test
  void passesUnicastToABoundAddress() {
    RawIpSocket.Options options =
        new RawIpSocket.Options(
            IpFamily.IPV4, index(right, "b0"), "b0", PROTOCOL, Optional.empty(), Optional.of(B));
    RawIpSocket.Options options6 =
        new RawIpSocket.Options(
            IpFamily.IPV6, index(right, "b0"), "b0", PROTOCOL, Optional.empty(), Optional.of(B6));
    try (RawIpSocket sender = open(left, "a0", IpFamily.IPV4, Optional.empty());
        RawIpSocket sender6 = open(left, "a0", IpFamily.IPV6, Optional.empty());
        RawIpSocket receiver = right.call(() -> RawIpSocket.open(options));
        RawIpSocket receiver6 = right.call(() -> RawIpSocket.open(options6))) {
      sender.send(payload("four"), A, B, 64, PROTOCOL);
      sender6.send(payload("six"), A6, B6, 63, PROTOCOL);

      assertThat(text(await(receiver).payload())).isEqualTo("four");
      Datagram datagram = await(receiver6);
      assertThat(text(datagram.payload())).isEqualTo("six");
      assertThat(datagram.hopLimit()).isEqualTo(63);
    }
  }

  @Test
  void choosesTheProtocolAndIdentificationPerPacket() {
    RawIpSocket.Options other =
        new RawIpSocket.Options(
            IpFamily.IPV4, index(right, "b0"), "b0", 254, Optional.of(GROUP), Optional.empty());
    try (RawIpSocket sender = open(left, "a0", IpFamily.IPV4, Optional.of(GROUP));
        RawIpSocket receiver = right.call(() -> RawIpSocket.open(other))) {
      Destination to = sender.destination(A, GROUP, 255);
      sender.send(payload("not for protocol 254"), to, PROTOCOL);
      int identification = sender.nextIdentification();
      sender.send(payload("wrapped"), to, 254, identification);

      Datagram datagram = await(receiver);
      assertThat(text(datagram.payload())).isEqualTo("wrapped");
      assertThat(identification).isEqualTo(2);
      assertThat(datagram.header().getShort(4)).isEqualTo((short) identification);
      assertThat(receiver.receive(datagram)).isFalse();
    }
  }

  @Test
  void hearsNeitherItselfNorItsNeighbourOnTheSameHost() {
    try (RawIpSocket sender = open(left, "a0", IpFamily.IPV4, Optional.of(GROUP));
        RawIpSocket neighbour = open(left, "a0", IpFamily.IPV4, Optional.of(GROUP));
        RawIpSocket sender6 = open(left, "a0", IpFamily.IPV6, Optional.of(GROUP6));
        RawIpSocket receiver = open(right, "b0", IpFamily.IPV4, Optional.of(GROUP));
        RawIpSocket receiver6 = open(right, "b0", IpFamily.IPV6, Optional.of(GROUP6))) {
      sender.send(payload("x"), A, GROUP, 255, PROTOCOL);
      sender6.send(payload("x"), A6, GROUP6, 255, PROTOCOL);
      await(receiver);
      await(receiver6);

      assertThat(sender.receive(new Datagram())).isFalse();
      assertThat(neighbour.receive(new Datagram())).isFalse();
      assertThat(sender6.receive(new Datagram())).isFalse();
    }
  }

  @Test
  void doesNotHearOtherInterfaces() {
    for (IpFamily family : IpFamily.values()) {
      InetAddress group = family == IpFamily.IPV4 ? GROUP : GROUP6;
      InetAddress source = family == IpFamily.IPV4 ? A : A6;
      try (RawIpSocket sender = open(left, "a0", family, Optional.of(group));
          RawIpSocket receiver = open(right, "b0", family, Optional.of(group));
          RawIpSocket elsewhere = open(right, "b1", family, Optional.of(group))) {
        sender.send(payload("x"), source, group, 255, PROTOCOL);
        await(receiver);

        assertThat(elsewhere.receive(new Datagram())).as(family.name()).isFalse();
      }
    }
  }

  @Test
  void findsThePayloadBehindIpOptions() {
    try (RawIpSocket receiver = open(right, "b0", IpFamily.IPV4, Optional.of(GROUP));
        PacketSocket packets = left.call(PacketSocket::open)) {
      packets.send(index(left, "a0"), ByteBuffer.wrap(packetWithRouterAlert()));

      Datagram datagram = await(receiver);
      assertThat(datagram.header().remaining()).isEqualTo(24);
      assertThat(text(datagram.payload())).isEqualTo("opt");
    }
  }

  @Test
  void reportsAMissingInterfaceAndAMissingAddress() {
    assertThatThrownBy(
            () ->
                RawIpSocket.open(
                    new RawIpSocket.Options(
                        IpFamily.IPV4,
                        new InterfaceIndex(9999),
                        "missing0",
                        PROTOCOL,
                        Optional.empty(),
                        Optional.empty())))
        .isInstanceOfSatisfying(
            SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV))
        .hasMessageContaining("missing0");
    RawIpSocket.Options absent =
        new RawIpSocket.Options(
            IpFamily.IPV4, index(left, "a0"), "a0", PROTOCOL, Optional.empty(), Optional.of(B));
    assertThatThrownBy(() -> left.call(() -> RawIpSocket.open(absent)))
        .hasMessageContaining("EADDRNOTAVAIL");
  }

  @Test
  void reportsAnInterfaceThatIsDown() {
    left.run("ip", "link", "add", "down0", "type", "veth", "peer", "name", "down1");
    try (RawIpSocket sender = open(left, "down0", IpFamily.IPV4, Optional.of(GROUP))) {
      assertThatThrownBy(() -> sender.send(payload("x"), A, GROUP, 255, PROTOCOL))
          .isInstanceOf(SyscallException.class)
          .hasMessageContaining("down0");
    }
  }

  @Test
  void allocatesNothingPerPacket() {
    for (IpFamily family : IpFamily.values()) {
      InetAddress group = family == IpFamily.IPV4 ? GROUP : GROUP6;
      InetAddress source = family == IpFamily.IPV4 ? A : A6;
      try (RawIpSocket sender = open(left, "a0", family, Optional.of(group));
          RawIpSocket receiver = open(right, "b0", family, Optional.of(group))) {
        Destination to = sender.destination(source, group, 255);
        ByteBuffer payload = payload("0123456789abcdef");
        Datagram datagram = new Datagram();
        int calls = 10_000;
        pump(sender, to, payload, receiver, datagram, calls);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        long received = pump(sender, to, payload, receiver, datagram, calls);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        System.out.println(family + ": " + allocated + " bytes for " + calls + " round trips");
        assertThat(received).as(family.name()).isPositive();
        assertThat(allocated / calls).as(family.name()).isLessThan(64);
      }
    }
  }

  private static long pump(
      RawIpSocket sender,
      Destination to,
      ByteBuffer payload,
      RawIpSocket receiver,
      Datagram datagram,
      int calls) {
    long received = 0;
    for (int i = 0; i < calls; i++) {
      sender.send(payload, to, PROTOCOL);
      while (receiver.receive(datagram)) {
        received += datagram.payload().remaining();
      }
    }
    return received;
  }

  private static Datagram await(RawIpSocket receiver) {
    Datagram datagram = new Datagram();
    try (Poller poller = Poller.open()) {
      poller.watch(receiver.receiveFd(), Poller.READABLE, 0);
      poller.await(Long.MAX_VALUE);
    }
    assertThat(receiver.receive(datagram)).isTrue();
    return datagram;
  }

  private static RawIpSocket open(
      NetworkNamespace namespace, String name, IpFamily family, Optional<InetAddress> group) {
    RawIpSocket.Options options =
        new RawIpSocket.Options(
            family, index(namespace, name), name, PROTOCOL, group, Optional.empty());
    return namespace.call(() -> RawIpSocket.open(options));
  }

  private static InterfaceIndex index(NetworkNamespace namespace, String name) {
    return new InterfaceIndex(namespace.interfaceIndex(name));
  }

  private static ByteBuffer payload(String text) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(text.length());
    text.chars().forEach(c -> buffer.put((byte) c));
    return buffer.flip();
  }

  private static String text(ByteBuffer payload) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < payload.remaining(); i++) {
      text.append((char) payload.get(i));
    }
    return text.toString();
  }

  /** An Ethernet frame to the group with a 24-octet IPv4 header (RFC 2113 option). */
  private static byte[] packetWithRouterAlert() {
    ByteBuffer frame = ByteBuffer.allocate(14 + 24 + 3);
    frame.put(new byte[] {1, 0, 0x5E, 0, 0, (byte) 200, 2, 0, 0, 0, 0, 1}).putShort((short) 0x0800);
    frame.put((byte) 0x46).put((byte) 0).putShort((short) 27).putInt(0);
    frame.put((byte) 255).put((byte) PROTOCOL).putShort((short) 0);
    frame.put(A.getAddress()).put(GROUP.getAddress()).putInt(0x94040000);
    frame.put((byte) 'o').put((byte) 'p').put((byte) 't');
    int sum = 0;
    for (int i = 14; i < 38; i += 2) {
      sum += Short.toUnsignedInt(frame.getShort(i));
    }
    sum = (sum & 0xFFFF) + (sum >>> 16);
    return frame.putShort(24, (short) ~sum).array();
  }
}
