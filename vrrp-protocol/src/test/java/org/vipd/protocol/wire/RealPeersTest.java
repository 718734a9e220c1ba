package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.Frames.Packet;

/** Captures of keepalived 2.4.3 and FRR 8.4.4: everything that they sent is understood. */
class RealPeersTest {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int ETHERNET_HEADER = 14;
  private static final int NANOSECOND_MAGIC = 0xA1B23C4D;
  private static final int MICROSECOND_MAGIC = 0xA1B2C3D4;

  @Test
  void understandsKeepalived() throws IOException {
    assertEveryAdvertisementIsAccepted("keepalived-2.4.3-capture.pcap");
  }

  @Test
  void understandsFrr() throws IOException {
    assertEveryAdvertisementIsAccepted("frr-8.4.4-capture.pcap");
  }

  private static void assertEveryAdvertisementIsAccepted(String file) throws IOException {
    Path path = Frames.reference(file);
    List<Packet> packets = advertisements(ByteBuffer.wrap(Files.readAllBytes(path)));
    assertThat(packets).as(file).isNotEmpty();
    // One for the whole capture: its sequence numbers must grow.
    AuthenticationHeader header = AuthenticationHeader.of("secret12");
    for (Packet packet : packets) {
      DecodeResult result =
          AdvertisementDecoder.decode(packet.envelope(), packet.payload(), policy(packet, header));
      assertThat(result).as("%s from %s", file, packet.envelope()).isInstanceOf(Accepted.class);
    }
    System.out.println(file + ": " + packets.size() + " advertisements accepted");
  }

  private static ReceivePolicy policy(Packet packet, AuthenticationHeader header) {
    int message = packet.payload().position() + ReceiveLadder.messageOffset(packet.envelope());
    boolean isV2 = packet.payload().get(message) >>> 4 == 2;
    int type = isV2 ? packet.payload().get(message + 4) : 0;
    Authentication authentication =
        switch (type) {
          case 1 -> SimplePassword.of("abc");
          case 2 -> header;
          default -> NoAuthentication.INSTANCE;
        };
    LocalRouter local =
        new LocalRouter(
            isV2 ? VrrpVersion.V2 : VrrpVersion.V3,
            Vrid.of(AdvertisementDecoder.peekVrid(packet.envelope(), packet.payload())),
            AdvertInterval.DEFAULT,
            AddressList.empty(packet.envelope().source().family()));
    return ReceivePolicy.of(local, Delivery.multicast(Set.of())).withAuthentication(authentication);
  }

  private static List<Packet> advertisements(ByteBuffer capture) {
    capture.order(ByteOrder.LITTLE_ENDIAN);
    assertThat(capture.getInt(0)).isIn(MICROSECOND_MAGIC, NANOSECOND_MAGIC);
    List<Packet> packets = new ArrayList<>();
    int offset = FILE_HEADER;
    while (offset < capture.limit()) {
      int length = capture.getInt(offset + 8);
      byte[] frame = new byte[length];
      capture.get(offset + RECORD_HEADER, frame);
      if (isAdvertisement(frame)) {
        packets.add(Frames.packet(HexFormat.of().formatHex(frame)));
      }
      offset += RECORD_HEADER + length;
    }
    return packets;
  }

  private static boolean isAdvertisement(byte[] frame) {
    int etherType = Byte.toUnsignedInt(frame[12]) << 8 | Byte.toUnsignedInt(frame[13]);
    int protocol = frame[ETHERNET_HEADER + (etherType == 0x0800 ? 9 : 6)];
    return protocol == IpEnvelope.VRRP || protocol == IpEnvelope.AUTHENTICATION_HEADER;
  }
}
