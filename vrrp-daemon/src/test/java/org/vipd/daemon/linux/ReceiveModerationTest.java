package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveModerationTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long FAR = Long.MAX_VALUE;

  private final ReceiveModeration moderation = new ReceiveModeration();
  private long nowNanos;

  private void receive(int count, long gapNanos) {
    for (int i = 0; i < count; i++) {
      nowNanos += gapNanos;
      moderation.received(1, nowNanos);
    }
  }

  @Test
  void neverRestsWithoutPackets() {
    assertThat(moderation.restMillis(0, FAR)).isZero();
  }

  @Test
  void doesNotRestForTheFewPacketsOfFewRouters() {
    receive(1000, 10 * MILLISECOND);

    assertThat(moderation.restMillis(nowNanos, FAR)).isZero();
  }

  @Test
  void restsWhenThousandsComeInASecond() {
    receive(1000, MILLISECOND / 3);

    assertThat(moderation.restMillis(nowNanos, FAR)).isEqualTo(ReceiveModeration.REST_MILLIS);
  }

  @Test
  void goesOnRestingWhileTheyComeInHeapsBecauseOfTheRest() {
    receive(1000, MILLISECOND / 3);
    for (int i = 0; i < 1000; i++) {
      nowNanos += 2 * MILLISECOND;
      moderation.received(6, nowNanos);
    }

    assertThat(moderation.restMillis(nowNanos, FAR)).isEqualTo(ReceiveModeration.REST_MILLIS);
  }

  @Test
  void doesNotRestIntoADeadline() {
    receive(1000, MILLISECOND / 3);

    assertThat(moderation.restMillis(nowNanos, nowNanos + 3 * MILLISECOND)).isZero();
    assertThat(moderation.restMillis(nowNanos, nowNanos + 4 * MILLISECOND)).isPositive();
    assertThat(moderation.restMillis(nowNanos, nowNanos - MILLISECOND)).isZero();
  }

  @Test
  void stopsRestingWithTheFirstPacketAfterASilence() {
    receive(1000, MILLISECOND / 3);
    receive(1, 1000 * MILLISECOND);

    assertThat(moderation.restMillis(nowNanos, FAR)).isZero();
  }

  @Test
  void aShortBurstIsNoReason() {
    receive(8, 10);

    assertThat(moderation.restMillis(nowNanos, FAR)).isZero();
  }
}
