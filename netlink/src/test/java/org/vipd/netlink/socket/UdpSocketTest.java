package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.testkit.Addresses;

/** On the loopback interface; needs no privilege. The time limit only ends a test that hangs. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpSocketTest {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int FIRST_PORT = 41_784;
  private static final int LAST_PORT = 41_884;

  private record Bound(UdpSocket socket, int port) implements AutoCloseable {

    @Override
    public void close() {
      socket.close();
    }
  }

  /** A socket on the first port that is free, because other builds run beside this one. */
  private static Bound open(IpFamily family, String local, int hopLimit) {
    Optional<InetAddress> address = Optional.of(Addresses.ip(local));
    for (int port = FIRST_PORT; port < LAST_PORT; port++) {
      try {
        return new Bound(
            UdpSocket.open(new UdpSocket.Options(family, address, port, hopLimit)), port);
      } catch (SyscallException e) {
        assertThat(e.errno().name()).isEqualTo("EADDRINUSE");
      }
    }
    throw new AssertionError("no free port in " + FIRST_PORT + ".." + LAST_PORT);
  }

  @ParameterizedTest
  @CsvSource({"IPV4, 127.0.0.1, 255", "IPV4, 127.0.0.1, 17", "IPV6, ::1, 255", "IPV6, ::1, 64"})
  void tellsHopLimitAddressesAndInterface(IpFamily family, String literal, int hopLimit) {
    InetAddress address = Addresses.ip(literal);
    try (Bound receiver = open(family, literal, 1);
        Bound sender = open(family, literal, hopLimit)) {
      UdpDatagram datagram = new UdpDatagram();
      assertThat(receiver.socket().receive(datagram)).isFalse();
      ByteBuffer text = ByteBuffer.wrap("  hello".getBytes(StandardCharsets.UTF_8)).position(2);
      sender.socket().send(text, address, receiver.port());
      assertThat(text.position()).isEqualTo(2);
      assertThat(receiver.socket().receive(datagram)).isTrue();
      assertThat(datagram.isUsable()).isTrue();
      assertThat(StandardCharsets.UTF_8.decode(datagram.payload()).toString()).isEqualTo("hello");
      assertThat(datagram.hopLimit()).isEqualTo(hopLimit);
      assertThat(datagram.source()).isEqualTo(address);
      assertThat(datagram.destination()).isEqualTo(address);
      assertThat(datagram.interfaceIndex()).isEqualTo(1);
      assertThat(receiver.socket().receive(datagram)).isFalse();
    }
  }

  @Test
  void saysThatAPacketWasCutOff() throws IOException {
    try (Bound receiver = open(IpFamily.IPV4, LOOPBACK, 255);
        DatagramSocket sender = new DatagramSocket(0, Addresses.ip(LOOPBACK))) {
      InetSocketAddress to = new InetSocketAddress(Addresses.ip(LOOPBACK), receiver.port());
      sender.send(new DatagramPacket(new byte[UdpDatagram.CAPACITY + 1], 1025, to));
      UdpDatagram datagram = new UdpDatagram();
      assertThat(receiver.socket().receive(datagram)).isTrue();
      assertThat(datagram.isUsable()).isFalse();
      sender.send(new DatagramPacket(new byte[UdpDatagram.CAPACITY], 1024, to));
      assertThat(receiver.socket().receive(datagram)).isTrue();
      assertThat(datagram.isUsable()).isTrue();
      assertThat(datagram.payload().remaining()).isEqualTo(UdpDatagram.CAPACITY);
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    try (Bound taken = open(IpFamily.IPV4, LOOPBACK, 255)) {
      UdpSocket.Options options =
          new UdpSocket.Options(IpFamily.IPV4, Optional.empty(), taken.port(), 255);
      assertThatThrownBy(() -> UdpSocket.open(options))
          .hasMessageContaining("EADDRINUSE")
          .hasMessageContaining("UDP port " + taken.port() + " of any address");
    }
  }

  @Test
  void refusesToSendWhatDoesNotFit() {
    try (Bound sender = open(IpFamily.IPV4, LOOPBACK, 255)) {
      InetAddress address = Addresses.ip(LOOPBACK);
      ByteBuffer tooLong = ByteBuffer.allocate(UdpSocket.PAYLOAD_MAXIMUM + 1);
      assertThatThrownBy(() -> sender.socket().send(tooLong, address, sender.port()))
          .hasMessageContaining("at most 1024");
    }
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new UdpSocket.Options(IpFamily.IPV4, Optional.empty(), 0, 255))
        .hasMessageContaining("port 0");
    assertThatThrownBy(() -> new UdpSocket.Options(IpFamily.IPV4, Optional.empty(), 1, 256))
        .hasMessageContaining("hop limit 256");
    Optional<InetAddress> six = Optional.of(Addresses.ip("::1"));
    assertThatThrownBy(() -> new UdpSocket.Options(IpFamily.IPV4, six, 1, 255))
        .hasMessageContaining("must be an IPV4 address");
  }
}
