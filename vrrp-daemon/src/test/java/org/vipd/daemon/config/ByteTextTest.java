package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteTextTest {

  @Test
  void readsUtf8AsItIs() {
    String text = "Z\u00fcrich \u20ac \uFFFD \ud83d\ude00 plain";
    assertThat(ByteText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    assertThat(ByteText.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsABytePerCharacterWhereItIsNotUtf8() {
    byte[] bytes = {'p', (byte) 0xe4, 's', (byte) 0xc3, (byte) 0xa4, (byte) 0xff};
    assertThat(ByteText.readable(ByteText.decode(bytes))).isEqualTo("p\u00e4s\u00e4\u00ff");
    assertThat(ByteText.decode(bytes).charAt(3)).isEqualTo('\u00e4');
    assertThat(ByteText.byteOf(ByteText.decode(bytes).charAt(1))).isEqualTo(0xe4);
  }

  @Test
  void givesBackEveryByte() {
    Random random = new Random(20_261);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      assertThat(ByteText.encode(ByteText.decode(bytes))).isEqualTo(bytes);
    }
  }
}
