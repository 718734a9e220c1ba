package org.vipd.protocol.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One session against a neighbour that the test speaks for. */
class SessionTest {

  private static final long MILLI = 1_000_000;
  private static final int OURS = 0x0A0B0C0D;
  private static final int THEIRS = 0x01020304;
  private static final SessionSettings SETTINGS =
      new SessionSettings(50_000, 40_000, 1_000_000, 3, false);

  private final Session session = new Session(SETTINGS, OURS, new Random(1), 0);

  /** The neighbour's packet with 100 ms in both directions and multiplier 4. */
  private static ControlPacket packet(SessionState state) {
    return packet(state, false, false, 100_000);
  }

  private static ControlPacket packet(
      SessionState state, boolean isPoll, boolean isFinal, long minRxMicros) {
    int ours = state == SessionState.DOWN ? 0 : OURS;
    return new ControlPacket(
        Diagnostic.NONE, state, isPoll, isFinal, false, 4, THEIRS, ours, 100_000, minRxMicros, 0);
  }

  private Session in(SessionState state) {
    if (state == SessionState.ADMIN_DOWN) {
      session.farewell();
    } else if (state != SessionState.DOWN) {
      session.receive(packet(SessionState.DOWN), 0);
      if (state == SessionState.UP) {
        session.receive(packet(SessionState.INIT), 0);
        session.receive(packet(SessionState.UP, false, true, 100_000), 0);
      }
    }
    assertThat(session.state()).isEqualTo(state);
    session.due(0);
    return session;
  }

  /** RFC 5880 section 6.2, all of it. */
  @ParameterizedTest
  @CsvSource({
    "DOWN, ADMIN_DOWN, DOWN, NONE",
    "DOWN, DOWN, INIT, NONE",
    "DOWN, INIT, UP, NONE",
    "DOWN, UP, DOWN, NONE",
    "INIT, ADMIN_DOWN, DOWN, NEIGHBOUR_SIGNALED_DOWN",
    "INIT, DOWN, INIT, NONE",
    "INIT, INIT, UP, NONE",
    "INIT, UP, UP, NONE",
    "UP, ADMIN_DOWN, DOWN, NEIGHBOUR_SIGNALED_DOWN",
    "UP, DOWN, DOWN, NEIGHBOUR_SIGNALED_DOWN",
    "UP, INIT, UP, NONE",
    "UP, UP, UP, NONE",
    "ADMIN_DOWN, ADMIN_DOWN, ADMIN_DOWN, ADMINISTRATIVELY_DOWN",
    "ADMIN_DOWN, DOWN, ADMIN_DOWN, ADMINISTRATIVELY_DOWN",
    "ADMIN_DOWN, INIT, ADMIN_DOWN, ADMINISTRATIVELY_DOWN",
    "ADMIN_DOWN, UP, ADMIN_DOWN, ADMINISTRATIVELY_DOWN"
  })
  void followsTheNeighbour(
      SessionState from, SessionState heard, SessionState to, Diagnostic because) {
    in(from).receive(packet(heard), MILLI);
    assertThat(session.state()).isEqualTo(to);
    assertThat(session.diagnostic()).isEqualTo(because);
    List<ControlPacket> sent = session.due(MILLI);
    assertThat(sent).hasSize(from == to ? 0 : 1);
    assertThat(sent).allMatch(it -> it.state() == to && it.diagnostic() == because);
  }

  @ParameterizedTest
  @CsvSource({
    "DOWN, DOWN, NONE",
    "INIT, DOWN, DETECTION_TIME_EXPIRED",
    "UP, DOWN, DETECTION_TIME_EXPIRED",
    "ADMIN_DOWN, ADMIN_DOWN, ADMINISTRATIVELY_DOWN"
  })
  void losesASilentNeighbour(SessionState from, SessionState to, Diagnostic because) {
    in(from);
    // theirs: 4 x max(our 40 ms, their 100 ms)
    long expiry = 400 * MILLI;
    session.due(expiry - 1);
    assertThat(session.state()).isEqualTo(from);
    List<ControlPacket> sent = session.due(expiry);
    assertThat(session.state()).isEqualTo(to);
    assertThat(session.diagnostic()).isEqualTo(because);
    assertThat(session.neighbourDiscriminator()).isZero();
    assertThat(session.neighbourState()).isEqualTo(SessionState.DOWN);
    assertThat(sent).hasSize(from == to ? 0 : 1);
    assertThat(sent).allMatch(it -> it.yourDiscriminator() == 0);
  }

  @Test
  void forgetsTheDiscriminatorOfASilentNeighbourThatWasDown() {
    in(SessionState.UP).receive(packet(SessionState.ADMIN_DOWN), 0);
    assertThat(session.neighbourDiscriminator()).isEqualTo(THEIRS);
    session.due(400 * MILLI);
    assertThat(session.neighbourDiscriminator()).isZero();
    assertThat(session.diagnostic()).isEqualTo(Diagnostic.NEIGHBOUR_SIGNALED_DOWN);
  }

  @Test
  void beginsWithAPacketOfADownSession() {
    assertThat(session.due(0))
        .containsExactly(
            new ControlPacket(
                Diagnostic.NONE,
                SessionState.DOWN,
                false,
                false,
                false,
                3,
                OURS,
                0,
                1_000_000,
                40_000,
                0));
    assertThat(session.deadlineNanos()).isBetween(750 * MILLI, 1000 * MILLI);
  }

  @Test
  void saysNothingBeforeTheNeighbourWhenPassive() {
    SessionSettings passive = new SessionSettings(50_000, 40_000, 1_000_000, 3, true);
    Session waiting = new Session(passive, OURS, new Random(1), 0);
    assertThat(waiting.due(0)).isEmpty();
    assertThat(waiting.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    waiting.receive(packet(SessionState.DOWN), 5);
    assertThat(waiting.due(5)).extracting(ControlPacket::state).containsExactly(SessionState.INIT);
    waiting.due(5 + 400 * MILLI);
    assertThat(waiting.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  /** How far apart the packets of a second are. */
  private List<Long> gaps(Session of, long fromNanos, long seconds) {
    List<Long> gaps = new ArrayList<>();
    long last = fromNanos;
    for (long now = fromNanos; now < fromNanos + seconds * 1000 * MILLI; now += 100_000) {
      of.receive(packet(SessionState.UP), now);
      if (!of.due(now).isEmpty()) {
        gaps.add(now - last);
        last = now;
      }
    }
    return gaps;
  }

  @Test
  void sendsAsOftenAsBothWantWithJitter() {
    List<Long> gaps = gaps(in(SessionState.UP), 0, 20);
    assertThat(gaps).allMatch(it -> it >= 75 * MILLI && it <= 101 * MILLI);
    assertThat(gaps).anyMatch(it -> it < 80 * MILLI).anyMatch(it -> it > 95 * MILLI);
    assertThat(session.transmitMicros()).isEqualTo(100_000);
    assertThat(session.detectionMicros()).isEqualTo(400_000);
  }

  @Test
  void leavesRoomBeforeTheOnlyPacketThatMayBeMissed() {
    SessionSettings single = new SessionSettings(50_000, 40_000, 1_000_000, 1, false);
    Session strict = new Session(single, OURS, new Random(1), 0);
    strict.receive(packet(SessionState.INIT), 0);
    strict.receive(packet(SessionState.UP, false, true, 100_000), 0);
    strict.due(0);
    assertThat(gaps(strict, 0, 20)).allMatch(it -> it >= 75 * MILLI && it <= 91 * MILLI);
  }

  @Test
  void sendsSlowlyWhileItIsNotUp() {
    in(SessionState.INIT);
    assertThat(session.transmitMicros()).isEqualTo(1_000_000);
  }

  @Test
  void isSilentWhenTheNeighbourWantsNothing() {
    in(SessionState.UP).receive(packet(SessionState.UP, false, false, 0), MILLI);
    assertThat(session.transmitMicros()).isZero();
    assertThat(session.due(300 * MILLI)).isEmpty();
    session.receive(packet(SessionState.UP), 300 * MILLI);
    assertThat(session.due(300 * MILLI)).hasSize(1);
  }

  @Test
  void answersAPollAtOnce() {
    in(SessionState.UP).receive(packet(SessionState.UP, true, false, 100_000), MILLI);
    assertThat(session.deadlineNanos()).isLessThan(MILLI);
    assertThat(session.due(MILLI))
        .singleElement()
        .matches(it -> it.isFinal() && !it.isPoll() && it.state() == SessionState.UP);
    assertThat(session.due(MILLI)).isEmpty();
  }

  @Test
  void pollsUntilTheNeighbourAnswers() {
    session.receive(packet(SessionState.DOWN), 0);
    assertThat(session.due(0)).singleElement().matches(it -> !it.isPoll());
    session.receive(packet(SessionState.INIT), 0);
    assertThat(session.due(0))
        .singleElement()
        .matches(it -> it.isPoll() && it.desiredMinTxMicros() == 50_000);
    session.receive(packet(SessionState.UP), 50 * MILLI);
    assertThat(session.due(100 * MILLI)).singleElement().matches(ControlPacket::isPoll);
    session.receive(packet(SessionState.UP, false, true, 100_000), 110 * MILLI);
    assertThat(session.due(250 * MILLI)).singleElement().matches(it -> !it.isPoll());
  }

  @Test
  void isSilentInTheDemandModeOfTheNeighbourButPollsAndAnswers() {
    in(SessionState.UP).receive(demand(false), MILLI);
    assertThat(session.due(300 * MILLI)).isEmpty();
    session.adopt(new SessionSettings(60_000, 40_000, 1_000_000, 3, false));
    assertThat(session.due(301 * MILLI)).singleElement().matches(ControlPacket::isPoll);
    session.receive(demand(true), 302 * MILLI);
    assertThat(session.due(600 * MILLI)).isEmpty();
    assertThat(session.deadlineNanos()).isEqualTo(702 * MILLI);
  }

  private static ControlPacket demand(boolean isFinal) {
    return new ControlPacket(
        Diagnostic.NONE,
        SessionState.UP,
        false,
        isFinal,
        true,
        4,
        THEIRS,
        OURS,
        100_000,
        100_000,
        0);
  }

  @Test
  void changesIntervalsWithoutGoingDownAndOnlyOnceTheNeighbourKnows() {
    in(SessionState.UP);
    session.receive(packet(SessionState.UP, false, false, 1000), 0);
    assertThat(session.transmitMicros()).isEqualTo(50_000);
    session.adopt(new SessionSettings(80_000, 20_000, 1_000_000, 5, false));
    assertThat(session.transmitMicros()).isEqualTo(50_000);
    assertThat(session.due(0))
        .singleElement()
        .matches(it -> it.isPoll() && it.desiredMinTxMicros() == 80_000 && it.multiplier() == 5);
    session.receive(packet(SessionState.UP, false, true, 1000), 0);
    assertThat(session.transmitMicros()).isEqualTo(80_000);
    assertThat(session.state()).isEqualTo(SessionState.UP);
  }

  @Test
  void aShorterDetectionTimeWaitsForTheAnswerAndALongerOneDoesNot() {
    SessionSettings slow = new SessionSettings(50_000, 200_000, 1_000_000, 3, false);
    in(SessionState.UP).adopt(slow);
    assertThat(session.detectionMicros()).isEqualTo(800_000);
    session.receive(packet(SessionState.UP, false, true, 1000), 0);
    session.adopt(SETTINGS);
    assertThat(session.detectionMicros()).isEqualTo(800_000);
    session.receive(packet(SessionState.UP, false, true, 1000), 0);
    assertThat(session.detectionMicros()).isEqualTo(400_000);
  }

  @Test
  void saysFarewellAndIsSilent() {
    ControlPacket last = in(SessionState.UP).farewell();
    assertThat(last.state()).isEqualTo(SessionState.ADMIN_DOWN);
    assertThat(last.diagnostic()).isEqualTo(Diagnostic.ADMINISTRATIVELY_DOWN);
    assertThat(last.yourDiscriminator()).isEqualTo(THEIRS);
    assertThat(session.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(session.due(10_000 * MILLI)).isEmpty();
  }

  @Test
  void refusesSettingsThatTheProtocolCannotCarry() {
    assertThatThrownBy(() -> new SessionSettings(999, 1000, 1_000_000, 1, false))
        .hasMessageContaining("min_tx");
    assertThatThrownBy(() -> new SessionSettings(1000, 999, 1_000_000, 1, false))
        .hasMessageContaining("min_rx");
    assertThatThrownBy(() -> new SessionSettings(1000, 1000, 999_999, 1, false))
        .hasMessageContaining("idle_tx");
    assertThatThrownBy(() -> new SessionSettings(1000, 1000, 1_000_000, 256, false))
        .hasMessageContaining("multiplier");
    assertThatThrownBy(() -> new Session(SETTINGS, 0, new Random(1), 0))
        .hasMessageContaining("discriminator");
  }
}
