package org.vipd.protocol.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sessions with a wire between them, in virtual time. */
class TwoSessionsTest {

  private static final long MILLI = 1_000_000;
  private static final long STEP = MILLI / 4;
  private static final long DELAY = MILLI;

  /** A packet on its way. */
  private record Flight(long arrivalNanos, ControlPacket packet) {}

  private final Deque<Flight> toLeft = new ArrayDeque<>();
  private final Deque<Flight> toRight = new ArrayDeque<>();
  private Session left;
  private Session right;
  private long now;
  private int sent;

  private void make(SessionSettings ofLeft, SessionSettings ofRight, Random random) {
    left = new Session(ofLeft, 11, random, 0);
    right = new Session(ofRight, 22, random, 0);
  }

  private static SessionSettings settings(int millis, int multiplier, boolean isPassive) {
    return new SessionSettings(millis * 1000L, millis * 1000L, 1_000_000, multiplier, isPassive);
  }

  private void run(long millis, Random random, double loss) {
    for (long end = now + millis * MILLI; now < end; now += STEP) {
      deliver(toLeft, left);
      deliver(toRight, right);
      send(left, toRight, random, loss);
      send(right, toLeft, random, loss);
    }
  }

  private void deliver(Deque<Flight> wire, Session to) {
    while (!wire.isEmpty() && wire.peek().arrivalNanos() <= now) {
      to.receive(wire.remove().packet(), now);
    }
  }

  private void send(Session from, Deque<Flight> wire, Random random, double loss) {
    if (from.deadlineNanos() > now) {
      return;
    }
    for (ControlPacket packet : from.due(now)) {
      sent++;
      if (random.nextDouble() >= loss) {
        wire.add(new Flight(now + DELAY, packet));
      }
    }
  }

  private boolean isUp() {
    return left.state() == SessionState.UP && right.state() == SessionState.UP;
  }

  @Test
  void comeUpWithinTwoSecondsAndAgreeOnTheSlowerPace() {
    make(settings(10, 5, false), settings(50, 3, false), new Random(7));
    run(2000, new Random(7), 0);
    assertThat(isUp()).isTrue();
    run(500, new Random(7), 0);
    assertThat(left.transmitMicros()).isEqualTo(50_000);
    assertThat(right.transmitMicros()).isEqualTo(50_000);
    assertThat(left.detectionMicros()).isEqualTo(150_000);
    assertThat(right.detectionMicros()).isEqualTo(250_000);
  }

  @Test
  void comeUpWhenOneOfThemIsPassiveAndNotWhenBothAre() {
    make(settings(10, 5, true), settings(10, 5, false), new Random(7));
    run(2000, new Random(7), 0);
    assertThat(isUp()).isTrue();
    make(settings(10, 5, true), settings(10, 5, true), new Random(7));
    sent = 0;
    run(5000, new Random(7), 0);
    assertThat(sent).isZero();
  }

  @Test
  void noticeABrokenWireWithinTheDetectionTimeAndComeBack() {
    make(settings(10, 5, false), settings(10, 5, false), new Random(7));
    run(2500, new Random(7), 0);
    run(55, new Random(7), 1);
    assertThat(left.state()).isEqualTo(SessionState.DOWN);
    assertThat(right.state()).isEqualTo(SessionState.DOWN);
    assertThat(left.diagnostic()).isEqualTo(Diagnostic.DETECTION_TIME_EXPIRED);
    run(2000, new Random(7), 0);
    assertThat(isUp()).isTrue();
  }

  @Test
  void theOtherSideGoesDownWithTheFarewell() {
    make(settings(10, 5, false), settings(10, 5, false), new Random(7));
    run(2500, new Random(7), 0);
    right.receive(left.farewell(), now);
    assertThat(right.state()).isEqualTo(SessionState.DOWN);
    assertThat(right.neighbourDiagnostic()).isEqualTo(Diagnostic.ADMINISTRATIVELY_DOWN);
  }

  /** What a lossy wire does is of no interest; that they find each other afterwards is. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void recoverFromAnyLossWithoutAFlood(long seed) {
    Random random = new Random(seed);
    make(settings(10, 3, false), settings(20, 2, false), random);
    run(20_000, random, 0.3);
    // at most a packet every 7.5 ms from each, and answers
    assertThat(sent).isLessThan(2 * 20_000 / 7);
    run(5000, random, 0);
    assertThat(isUp()).as("seed " + seed).isTrue();
    for (int i = 0; i < 1000; i++) {
      run(10, random, 0);
      assertThat(isUp()).as("seed " + seed).isTrue();
    }
  }
}
