package org.vipd.netlink.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCodecTest {

  /** What Linux 6.18 answered to an address on an interface that does not exist. */
  private static final String RECORDED_REFUSAL =
      "400000000200000308000000c7780000edffffff200000001400050608000000000000001b000100"
          + "697076343a20446576696365206e6f7420666f756e640000";

  @Test
  void writesLengthsAndPaddingOfMessagesInARow() {
    ByteBuffer buffer = little(ByteBuffer.allocate(128));
    MessageWriter writer = new MessageWriter(buffer);

    writer.begin(20, 5, 7).octet(1).octet(2).word(3).attributes().text(3, "ab").integer(8, 9);
    writer.end();
    writer.begin(21, 1, 8).integer(6).attributes().octets(2, new byte[] {1, 2, 3, 4, 5});
    writer.end();

    assertThat(HexFormat.of().formatHex(buffer.array(), 0, buffer.position()))
        .isEqualTo(
            "24000000140005000700000000000000"
                + "01020300"
                + "0700030061620000"
                + "0800080009000000"
                + "20000000150001000800000000000000"
                + "06000000"
                + "090002000102030405000000");
  }

  @Test
  void refusesToNestMessages() {
    MessageWriter writer = new MessageWriter(little(ByteBuffer.allocate(64)));
    writer.begin(1, 1, 1);

    assertThatThrownBy(() -> writer.begin(1, 1, 1)).isInstanceOf(IllegalStateException.class);
    writer.end();
    assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsARecordedRefusal() {
    MessageReader reader = new MessageReader(bytes(RECORDED_REFUSAL));

    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(RouteMessageType.ERROR);
    assertThat(reader.sequence()).isEqualTo(8);
    assertThat(NetlinkError.parse(reader.flags(), reader.payload()))
        .contains(new NetlinkError(19, "ipv4: Device not found"));
    assertThat(reader.next()).isFalse();
    assertThat(reader.malformed()).isFalse();
  }

  @Test
  void onlyTheErrorNumberZeroIsAnAcknowledgement() {
    // length 36, type, flags 0x100, sequence 8, port 1, error, echoed header
    String rest = "0001" + "08000000" + "01000000";
    String echoed = "14000000140005060800000001000000";

    assertThat(first("24000000" + "0200" + rest + "00000000" + echoed).isAcknowledgement())
        .isTrue();
    assertThat(first("24000000" + "0200" + rest + "edffffff" + echoed).isAcknowledgement())
        .isFalse();
    assertThat(first("24000000" + "1400" + rest + "00000000" + echoed).isAcknowledgement())
        .isFalse();
    assertThat(first("10000000" + "0200" + rest).isAcknowledgement()).isFalse();
  }

  private static MessageReader first(String datagram) {
    MessageReader reader = new MessageReader(bytes(datagram));
    assertThat(reader.next()).isTrue();
    return reader;
  }

  @Test
  void findsTheExplanationBehindARequestThatIsEchoedWhole() {
    String echoed = "14000000140005060800000000000000" + "cafecafe";
    ByteBuffer payload = bytes("edffffff" + echoed + "070001006f6b0000");

    assertThat(NetlinkError.parse(0x200, payload)).contains(new NetlinkError(19, "ok"));
    assertThat(NetlinkError.parse(0, payload)).contains(new NetlinkError(19, ""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "shorter than a header, 1000000014000000",
    "length below the header, 0f000000140000000000000000000000",
    "length beyond the datagram, 14000000140000000000000000000000",
    "negative length, ffffffff140000000000000000000000"
  })
  void reportsMalformedMessages(String name, String hex) {
    MessageReader reader = new MessageReader(bytes(hex));

    assertThat(reader.next()).as(name).isFalse();
    assertThat(reader.malformed()).as(name).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "shorter than a header, 0400",
    "length below the header, 03000100",
    "length beyond the message, 0900010001020304"
  })
  void reportsMalformedAttributes(String name, String hex) {
    AttributeReader reader = new AttributeReader(bytes(hex), 0);

    assertThat(reader.next()).as(name).isFalse();
    assertThat(reader.malformed()).as(name).isTrue();
  }

  @Test
  void readsNestedAttributesWithoutTheirFlag() {
    AttributeReader reader = new AttributeReader(bytes("0c003480" + "080035007570" + "3000"), 0);

    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(52);
    AttributeReader nested = reader.nested();
    assertThat(nested.next()).isTrue();
    assertThat(nested.text()).isEqualTo("up0");
    assertThat(nested.next()).isFalse();
    assertThat(reader.next()).isFalse();
    assertThat(reader.malformed() || nested.malformed()).isFalse();
  }

  @Test
  void givesTheDefaultForANumberThatIsTooShort() {
    AttributeReader reader = new AttributeReader(bytes("0600010001020000"), 0);

    assertThat(reader.next()).isTrue();
    assertThat(reader.integer(-7)).isEqualTo(-7);
  }

  @Test
  void survivesMutatedMessages() {
    long seed = 20261120;
    Random random = new Random(seed);
    byte[] recorded = HexFormat.of().parseHex(RECORDED_REFUSAL);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = Arrays.copyOf(recorded, random.nextInt(recorded.length + 1));
      for (int flips = random.nextInt(6); flips > 0 && mutated.length > 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      assertThat(walk(little(ByteBuffer.wrap(mutated))))
          .as("seed %d step %d", seed, i)
          .isBetween(0, 16);
    }
  }

  private static int walk(ByteBuffer datagram) {
    int messages = 0;
    MessageReader reader = new MessageReader(datagram);
    while (reader.next()) {
      messages++;
      NetlinkError.parse(reader.flags(), reader.payload());
      AttributeReader attributes = new AttributeReader(reader.payload(), 8);
      while (attributes.next()) {
        attributes.text();
        attributes.integer(0);
      }
    }
    return messages;
  }

  private static ByteBuffer bytes(String hex) {
    return little(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static ByteBuffer little(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }
}
