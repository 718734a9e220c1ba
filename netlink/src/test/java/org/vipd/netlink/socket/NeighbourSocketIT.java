package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.neighbour.NeighbourFrame;
import org.vipd.netlink.neighbour.NeighbourProbe;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.NetworkNamespace;

/** What a real neighbour answers to our questions. The time limit ends a hang. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeighbourSocketIT {

  private static final int PROTOCOL = 112;
  private static final MacAddress OURS = new MacAddress(0x0200_0000_00E0L);
  private static final MacAddress THEIRS = new MacAddress(0x0200_0000_00F0L);

  private NetworkNamespace left;
  private NetworkNamespace right;
  private InterfaceIndex index;

  @BeforeAll
  void connect() {
    NetworkNamespace.assumeAvailable();
    left = NetworkNamespace.create("netlink-e");
    right = NetworkNamespace.create("netlink-f");
    NetworkNamespace.connect(left, "e0", right, "f0");
    left.run("ip", "link", "set", "e0", "address", OURS.toString());
    right.run("ip", "link", "set", "f0", "address", THEIRS.toString());
    right.run("ip", "addr", "add", "10.9.2.2/24", "dev", "f0");
    right.run("ip", "addr", "add", "2001:db8::f/64", "dev", "f0", "nodad");
    index = new InterfaceIndex(left.interfaceIndex("e0"));
  }

  @AfterAll
  void disconnect() {
    Optional.ofNullable(left).ifPresent(NetworkNamespace::close);
    Optional.ofNullable(right).ifPresent(NetworkNamespace::close);
  }

  private NeighbourSocket open() {
    return left.call(() -> NeighbourSocket.open(index, PROTOCOL));
  }

  /** Asks again and again until somebody says that he has the address. */
  private MacAddress whoHas(InetAddress address) {
    try (NeighbourSocket socket = open();
        PacketSocket sender = left.call(PacketSocket::open);
        Poller poller = Poller.open()) {
      poller.watch(socket.fd(), Poller.READABLE, 0);
      while (true) {
        sender.send(index, ByteBuffer.wrap(NeighbourProbe.frame(OURS, address)));
        poller.await(System.nanoTime() + 100_000_000L);
        Optional<ByteBuffer> frame = socket.receive();
        while (frame.isPresent()) {
          Optional<NeighbourFrame> said = frame.flatMap(NeighbourFrame::decode);
          if (said.filter(it -> it.address().equals(address)).isPresent()) {
            assertThat(socket.hasReceived()).isTrue();
            return said.orElseThrow().mac();
          }
          frame = socket.receive();
        }
      }
    }
  }

  @Test
  void hearsWhoHasAnIpv4Address() {
    assertThat(whoHas(Addresses.ip("10.9.2.2"))).isEqualTo(THEIRS);
  }

  @Test
  void hearsWhoHasAnIpv6Address() {
    assertThat(whoHas(Addresses.ip("2001:db8::f"))).isEqualTo(THEIRS);
  }

  @Test
  void hearsNoFrameOfItsOwnHost() {
    try (NeighbourSocket socket = open();
        PacketSocket sender = left.call(PacketSocket::open)) {
      byte[] question = NeighbourProbe.frame(OURS, Addresses.ip("10.9.2.77"));
      for (int i = 0; i < 50; i++) {
        sender.send(index, ByteBuffer.wrap(question));
        Optional<ByteBuffer> frame = socket.receive();
        // a frame that is sent reaches listeners during the call
        assertThat(frame.filter(it -> it.get(11) == (byte) 0xE0)).isEmpty();
      }
    }
  }

  @Test
  void afterTheFirstFrameHearsOnlyWhatIsAboutAddresses() {
    try (NeighbourSocket socket = open();
        Poller poller = Poller.open();
        PacketSocket sender = right.call(PacketSocket::open)) {
      InterfaceIndex theirs = new InterfaceIndex(right.interfaceIndex("f0"));
      byte[] other = new byte[60];
      other[11] = (byte) 0xF0;
      other[12] = (byte) 0x88;
      other[13] = (byte) 0xB5;
      sender.send(theirs, ByteBuffer.wrap(other));
      poller.watch(socket.fd(), Poller.READABLE, 0);
      poller.await(Long.MAX_VALUE);
      while (socket.receive().isPresent()) {
        assertThat(socket.hasReceived()).isTrue();
      }
      sender.send(theirs, ByteBuffer.wrap(other));
      byte[] packet = new byte[60];
      packet[12] = 0x08;
      packet[23] = PROTOCOL;
      packet[26] = 10;
      sender.send(theirs, ByteBuffer.wrap(packet));
      Optional<ByteBuffer> frame = Optional.empty();
      while (frame.isEmpty() || frame.get().limit() < 60 || frame.get().get(23) != PROTOCOL) {
        poller.await(System.nanoTime() + 100_000_000L);
        frame = socket.receive();
        assertThat(frame.filter(it -> it.get(12) == (byte) 0x88)).isEmpty();
      }
    }
  }
}
