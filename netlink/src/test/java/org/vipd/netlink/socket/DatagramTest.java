package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeds packets that the kernel would not let through, by way of a Unix socket. */
class DatagramTest {

  private final UnixReceiver receiver =
      new UnixReceiver("@vipd-datagram-" + ProcessHandle.current().pid());
  private final Datagram datagram = new Datagram();

  @AfterEach
  void closeAll() {
    receiver.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "shorter than a header, 450000130000000000000000c0000201e00000",
    "header length below 20, 440000140000000000700000c0000201e0000012",
    "header longer than packet, 460000140000000000700000c0000201e0000012",
    "total length below header, 450000130000000000700000c0000201e0000012",
    "total length beyond packet, 450000150000000000700000c0000201e0000012"
  })
  void reportsMalformedIpv4Headers(String name, String hex) {
    receiveIpv4(HexFormat.of().parseHex(hex));

    assertThat(datagram.problem()).as(name).isEqualTo(Datagram.Problem.MALFORMED_HEADER);
    assertThat(datagram.payload().remaining()).as(name).isZero();
  }

  @Test
  void reportsTruncatedPackets() {
    byte[] packet = new byte[Datagram.CAPACITY + 1];
    packet[0] = 0x45;

    receiveIpv4(packet);

    assertThat(datagram.problem()).isEqualTo(Datagram.Problem.TRUNCATED);
    assertThat(datagram.payload().remaining()).isZero();
  }

  @Test
  void reportsMissingPacketInformation() {
    receiveIpv4(HexFormat.of().parseHex("45000014000000007f700000c0000201e0000012"));

    assertThat(datagram.problem()).isEqualTo(Datagram.Problem.NO_PACKET_INFORMATION);
    assertThat(datagram.sourceLow()).isEqualTo(0xC0000201L);
    assertThat(datagram.destinationLow()).isEqualTo(0xE0000012L);
    assertThat(datagram.hopLimit()).isEqualTo(127);
    assertThat(datagram.ipProtocol()).isEqualTo(112);
  }

  private void receiveIpv4(byte[] packet) {
    try (UnixDatagramSocket sender = UnixDatagramSocket.open()) {
      sender.send(receiver.path(), packet);
    }
    MessageHeader message = new MessageHeader();
    datagram.attachTo(message);
    datagram.completeIpv4(message, message.receive(receiver.fd(), 0));
  }
}
