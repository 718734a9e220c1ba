package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.event.CheckOutcome;

class OutputTailTest {

  private static void append(OutputTail tail, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tail.append(bytes, bytes.length);
  }

  @Test
  void joinsWhatComesInPieces() {
    OutputTail tail = new OutputTail();
    append(tail, "one ");
    append(tail, "");
    append(tail, "two\n");
    assertThat(tail.text()).isEqualTo("one two\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 2047, 2048, 2049, 4096})
  void keepsTheLastBytes(int piece) {
    OutputTail tail = new OutputTail();
    StringBuilder all = new StringBuilder();
    for (int i = 0; all.length() < 10_000; i++) {
      String text = String.valueOf((char) ('a' + i % 26)).repeat(piece);
      append(tail, text);
      all.append(text);
    }
    assertThat(tail.text()).isEqualTo(all.substring(all.length() - CheckOutcome.OUTPUT_LIMIT));
  }

  @Test
  void replacesControlCharactersSoThatTheyCannotForgeLogLines() {
    OutputTail tail = new OutputTail();
    append(tail, "a\u001b[31m\r\tb\nc");
    assertThat(tail.text()).isEqualTo("a?[31m?\tb\nc");
  }
}
