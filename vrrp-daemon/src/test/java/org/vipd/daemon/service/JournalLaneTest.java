package org.vipd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalLaneTest {

  /** Lets the lane write what waits; its thread is this one. */
  private static List<String> written(JournalLane lane) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      lane.close();
      lane.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void writesMessagesInOrderWithTheirLevel() {
    JournalLane lane = new JournalLane();
    lane.info("one");
    lane.warn("two");
    lane.error("three");
    List<String> lines = written(lane);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("INFO").endsWith("one");
    assertThat(lines.get(1)).contains("WARN").endsWith("two");
    assertThat(lines.get(2)).contains("ERROR").endsWith("three");
  }

  @Test
  void keepsAMessageOnOneLine() {
    JournalLane lane = new JournalLane();
    lane.info("one\nERROR forged");
    assertThat(written(lane)).singleElement().asString().endsWith("one ERROR forged");
  }

  @Test
  void writesNoControlCharacterOfAScriptOrAName() {
    JournalLane lane = new JournalLane();
    lane.warn("check printed \u001b[2J\rok");
    assertThat(written(lane)).singleElement().asString().endsWith("printed \\x1b[2J\\x0dok");
  }

  @Test
  void countsWhatDoesNotFitAndSaysSo() {
    JournalLane lane = new JournalLane();
    for (int i = 0; i < 1100; i++) {
      lane.info("message " + i);
    }
    List<String> lines = written(lane);
    assertThat(lines).hasSize(1025);
    assertThat(lines)
        .filteredOn(line -> line.contains("messages were dropped"))
        .singleElement()
        .asString()
        .endsWith("76 messages were dropped: the log did not take them fast enough");
    assertThat(lines.get(1024)).endsWith("message 1023");
  }

  @Test
  void leavesOutDetailsUnlessAskedFor() {
    JournalLane lane = new JournalLane();
    lane.debug("detail");
    assertThat(written(lane)).isEmpty();
  }
}
