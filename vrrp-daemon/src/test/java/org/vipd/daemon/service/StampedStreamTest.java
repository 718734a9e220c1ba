package org.vipd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StampedStreamTest {

  @Test
  void stampsWithMillisecondsAndLeadingZeros() {
    assertThat(StampedStream.stamp(Instant.parse("2026-01-02T03:04:05.006999Z")))
        .isEqualTo("2026-01-02T03:04:05.006Z");
    assertThat(StampedStream.stamp(Instant.parse("2026-11-25T20:58:00Z")))
        .isEqualTo("2026-11-25T20:58:00.000Z");
  }

  @Test
  void stampsEachLineOnce() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream =
        new StampedStream(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            () -> Instant.parse("2026-01-02T03:04:05.006Z"));

    stream.println("INFO one");
    stream.println("INFO two");

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.matches("2026-01-02T03:04:05\\.006Z INFO (one|two)"));
  }
}
