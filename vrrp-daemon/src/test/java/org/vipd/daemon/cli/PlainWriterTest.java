package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainWriterTest {

  private final StringWriter text = new StringWriter();
  private final PrintWriter writer = PlainWriter.to(text);

  @Test
  void escapesWhatWouldReachTheTerminal() {
    writer.print("a\u001b[31mred\u202e\rb");
    writer.write('\u0007');
    writer.flush();
    assertThat(text).hasToString("a\\u001b[31mred\\u202e\\u000db\\u0007");
  }

  @Test
  void keepsLinesTabsAndLetters() {
    writer.printf("%s%n\tGrüße ☃%n", "one");
    writer.flush();
    assertThat(text).hasToString("one\n\tGrüße ☃\n");
  }

  @Test
  void leavesJsonValid() {
    writer.print("{\"a\": \"x\u009by\"}");
    writer.flush();
    assertThat(JsonParser.parseString(text.toString()).getAsJsonObject().get("a").getAsString())
        .isEqualTo("x\u009by");
  }

  @Test
  void isWhatEveryCommandWritesTo() {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Main.line().execute("status", "--no-such\u001b[31m");
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("no-such\\u001b[31m")
        .doesNotContain("\u001b");
  }
}
