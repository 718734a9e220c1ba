package org.vipd.daemon.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.port.SessionPort;
import org.vipd.daemon.status.SessionStatus;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeSessionPort;
import org.vipd.daemon.testkit.RecordingJournal;
import org.vipd.daemon.testkit.Repository;
import org.vipd.protocol.bfd.ControlPacket;
import org.vipd.protocol.bfd.ControlPacketCodec;
import org.vipd.protocol.bfd.Diagnostic;
import org.vipd.protocol.bfd.Session;
import org.vipd.protocol.bfd.SessionSettings;
import org.vipd.protocol.bfd.SessionState;
import org.vipd.protocol.value.IpAddress;

/** Sessions of the daemon against neighbours that the test keeps, in virtual time. */
class SessionSupervisorTest {

  private static final long MILLI = 1_000_000;
  private static final IpAddress OWN = IpAddress.parse("10.0.0.2").orElseThrow();
  private static final String NINE = "10.0.0.9";

  private final FakeClock clock = new FakeClock();
  private final FakeSessionPort port = new FakeSessionPort();
  private final RecordingJournal journal = new RecordingJournal();
  private final List<String> reports = new ArrayList<>();
  private final Map<String, Session> neighbours = new TreeMap<>();
  private final SessionSupervisor supervisor =
      new SessionSupervisor(
          new Surroundings(port, clock, journal), this::take, new Random(20_261_126));
  private boolean isQueueFull;
  private boolean isWireCut;
  private int hopLimit = 255;

  private boolean take(Event event) {
    if (isQueueFull) {
      return false;
    }
    Event.TrackerReported report = (Event.TrackerReported) event;
    reports.add(report.name() + " " + report.reading().value() + ": " + report.reading().text());
    return true;
  }

  private static List<BfdInstance> sessions(String... lines) {
    StringBuilder text = new StringBuilder();
    List<String> tracks = new ArrayList<>();
    for (String line : lines) {
      String name = "b" + tracks.size();
      tracks.add(name);
      text.append("bfd_instance " + name + " {\n" + line.replace(";", "\n") + "\n}\n");
    }
    String track = "track_bfd {\n" + String.join("\n", tracks) + "\n}";
    return Configurations.of(text + Configurations.instance(100, track)).usedTrackers().sessions();
  }

  private void neighbour(String address) {
    SessionSettings settings = new SessionSettings(10_000, 10_000, 1_000_000, 5, false);
    int number = 1000 + neighbours.size();
    neighbours.put(address, new Session(settings, number, new Random(5), clock.nanos()));
  }

  private static byte[] bytes(ControlPacket packet) {
    ByteBuffer buffer = ByteBuffer.allocate(ControlPacketCodec.LENGTH);
    ControlPacketCodec.encode(packet, buffer);
    return buffer.array();
  }

  private void deliver(String from, byte[] payload) {
    IpAddress source = IpAddress.parse(from).orElseThrow();
    port.deliver(new SessionPort.Arrival(source, OWN, 3784, hopLimit), ByteBuffer.wrap(payload));
  }

  private void exchange() {
    for (Optional<FakeSessionPort.Sent> it = port.take(); it.isPresent(); it = port.take()) {
      Session neighbour = neighbours.get(it.get().path().neighbour().toString());
      if (neighbour != null
          && !isWireCut
          && ControlPacketCodec.decode(it.get().payload())
              instanceof ControlPacketCodec.Decoded.Packet decoded) {
        neighbour.receive(decoded.packet(), clock.nanos());
      }
    }
    neighbours.forEach(
        (address, session) -> {
          for (ControlPacket packet : session.due(clock.nanos())) {
            if (!isWireCut) {
              deliver(address, bytes(packet));
            }
          }
        });
  }

  private void run(long millis) {
    long end = clock.nanos() + millis * MILLI;
    while (true) {
      supervisor.turn();
      exchange();
      supervisor.turn();
      long next = port.wantedNanos();
      for (Session neighbour : neighbours.values()) {
        next = Math.min(next, neighbour.deadlineNanos());
      }
      if (next > end && port.isDelivered()) {
        break;
      }
      clock.set(Math.max(clock.nanos(), Math.min(end, next)));
      if (next > end) {
        break;
      }
    }
    clock.set(end);
  }

  private SessionStatus status(String name) {
    return supervisor.sessions().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysThatANeighbourIsUpAndThatItWasLost() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(2000);
    assertThat(reports).containsExactly("b0 0: 10.0.0.9 is up");
    assertThat(status("b0").state()).isEqualTo("up");
    assertThat(status("b0").detectionMillis()).isEqualTo(50);
    isWireCut = true;
    // its last packet came up to 10 ms before the wire was cut
    run(39);
    assertThat(reports).hasSize(1);
    run(12);
    assertThat(reports)
        .containsExactly(
            "b0 0: 10.0.0.9 is up", "b0 1: 10.0.0.9 is down: nothing heard for the detection time");
    isWireCut = false;
    run(2000);
    assertThat(reports).last().isEqualTo("b0 0: 10.0.0.9 is up");
    assertThat(status("b0").counters()).containsEntry("ups", 2L);
  }

  @Test
  void saysNothingOfASilentNeighbourBeforeItHadTimeEnough() {
    supervisor.replace(sessions("neighbor_ip 10.0.0.9; multiplier 3; idle_tx 2000"));
    run(5999);
    assertThat(reports).isEmpty();
    run(2);
    assertThat(reports)
        .containsExactly(
            "b0 1: 10.0.0.9 is down: nothing was heard of it; is BFD running there with this node"
                + " as its neighbour, and is UDP 3784 let through?");
  }

  @Test
  void dropsWhatComesFromFartherAwayAndSaysSoOnce() {
    hopLimit = 254;
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(6000);
    assertThat(reports).singleElement().asString().startsWith("b0 1: 10.0.0.9 is down");
    assertThat(journal.messages())
        .singleElement()
        .asString()
        .startsWith(
            "warn bfd_instance b0 drops packets of 10.0.0.9: they arrive with hop limit 254,");
    assertThat(status("b0").counters().get("hop-limit")).isGreaterThan(4);
    assertThat(status("b0").counters()).doesNotContainKey("received");
  }

  @Test
  void takesWhatMaxHopsAllows() {
    hopLimit = 254;
    supervisor.replace(sessions("neighbor_ip 10.0.0.9; max_hops 1"));
    neighbour(NINE);
    run(2000);
    assertThat(reports).containsExactly("b0 0: 10.0.0.9 is up");
  }

  @Test
  void tellsSessionsApart() {
    supervisor.replace(sessions("neighbor_ip " + NINE, "neighbor_ip 10.0.0.8"));
    neighbour(NINE);
    neighbour("10.0.0.8");
    run(2000);
    assertThat(reports).containsExactlyInAnyOrder("b0 0: 10.0.0.9 is up", "b1 0: 10.0.0.8 is up");
    neighbours.remove("10.0.0.8");
    run(100);
    assertThat(reports).last().asString().startsWith("b1 1: 10.0.0.8 is down");
    assertThat(reports).hasSize(3);
  }

  @Test
  void namesAStrangerOnceAMinute() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour("10.0.0.7");
    run(50_000);
    assertThat(journal.take())
        .containsExactly(
            "warn BFD packet from 10.0.0.7 to 10.0.0.2 port 3784: no bfd_instance that is tracked"
                + " has that neighbour (compare neighbor_ip, source_ip and multihop; said once a"
                + " minute)");
    run(20_000);
    assertThat(journal.take()).hasSize(1);
  }

  @Test
  void aReloadOfOtherIntervalsKeepsTheSessionUp() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(2000);
    supervisor.replace(sessions("neighbor_ip 10.0.0.9; min_rx 30; min_tx 20; multiplier 4"));
    run(1000);
    assertThat(reports).containsExactly("b0 0: 10.0.0.9 is up");
    assertThat(status("b0").detectionMillis()).isEqualTo(150);
    assertThat(status("b0").transmitMillis()).isEqualTo(20);
    assertThat(neighbours.get(NINE).detectionMicros()).isEqualTo(80_000);
  }

  @Test
  void anotherPathBeginsAnewAfterAFarewell() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(2000);
    supervisor.replace(sessions("neighbor_ip 10.0.0.9; ttl 254; max_hops 1"));
    supervisor.turn();
    exchange();
    assertThat(neighbours.get(NINE).state()).isNotEqualTo(SessionState.UP);
    run(2000);
    assertThat(port.openings())
        .containsExactly(
            "listen IPV4 3784",
            "open 10.0.0.9",
            "close 10.0.0.9",
            "listen IPV4 3784",
            "open 10.0.0.9");
    assertThat(status("b0").state()).isEqualTo("up");
  }

  @Test
  void forgetsASessionThatNobodyTracks() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(2000);
    supervisor.replace(List.of());
    run(100);
    assertThat(supervisor.sessions()).isEmpty();
    assertThat(neighbours.get(NINE).state()).isEqualTo(SessionState.DOWN);
    assertThat(port.openings()).last().isEqualTo("close 10.0.0.9");
  }

  @Test
  void opensAgainAndAgainWhatCannotBeOpened() {
    port.failListening(Optional.of("another program has UDP port 3784"));
    supervisor.replace(sessions("neighbor_ip " + NINE));
    run(5500);
    assertThat(reports)
        .containsExactly("b0 1: cannot be watched: another program has UDP port 3784");
    assertThat(status("b0").reason()).contains("another program has UDP port 3784");
    port.failListening(Optional.empty());
    neighbour(NINE);
    run(3000);
    assertThat(reports).last().isEqualTo("b0 0: 10.0.0.9 is up");
  }

  @Test
  void saysOnceThatItCannotSend() {
    port.failSending(Optional.of("sendmsg: ENETUNREACH"));
    supervisor.replace(sessions("neighbor_ip " + NINE));
    run(4000);
    assertThat(journal.messages())
        .containsExactly("warn bfd_instance b0 cannot send: sendmsg: ENETUNREACH");
    assertThat(status("b0").counters().get("send-failures")).isGreaterThan(3);
  }

  @Test
  void sendsAReportAgainForWhichThereWasNoRoom() {
    isQueueFull = true;
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(2000);
    isQueueFull = false;
    run(100);
    assertThat(reports).containsExactly("b0 0: 10.0.0.9 is up");
  }

  @Test
  void survivesPacketsThatAreNone() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(2000);
    deliver(NINE, new byte[3]);
    deliver(NINE, new byte[24]);
    deliver(NINE, new byte[1000]);
    run(1100);
    assertThat(reports).hasSize(1);
    assertThat(status("b0").counters())
        .containsEntry("too-short", 1L)
        .containsEntry("bad-version", 2L);
    assertThat(journal.messages())
        .containsExactly(
            "warn bfd_instance b0 drops packets of 10.0.0.9: shorter than 24 octets",
            "warn bfd_instance b0 drops packets of 10.0.0.9: not version 1");
  }

  @Test
  void dropsPacketsOfAnEarlierSession() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    run(10);
    Session stale =
        new Session(new SessionSettings(10_000, 10_000, 1_000_000, 5, false), 77, new Random(1), 0);
    stale.receive(packetOfOtherDaemon(), 0);
    deliver(NINE, bytes(stale.due(0).get(0)));
    run(10);
    assertThat(status("b0").counters()).doesNotContainKey("received");
    assertThat(journal.messages()).isEmpty();
  }

  private static ControlPacket packetOfOtherDaemon() {
    return new Session(
            new SessionSettings(10_000, 10_000, 1_000_000, 5, false), 4711, new Random(1), 0)
        .due(0)
        .get(0);
  }

  @Test
  void saysThatANeighbourDoesNotHearIt() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    for (int i = 0; i < 7; i++) {
      deliver(NINE, bytes(packetOfOtherDaemon()));
      run(1000);
    }
    assertThat(reports)
        .containsExactly("b0 1: 10.0.0.9 is down: it is heard, but does not hear this node");
    assertThat(status("b0").neighbourState()).isEqualTo("down");
  }

  /** What the page lists are the beginnings of what the tests above have seen. */
  @Test
  void thePageListsTheReasons() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/health-checks.md"));
    String table = page.substring(page.indexOf("<!-- session reasons -->"));
    for (String reason :
        List.of(
            "nothing was heard of it; is BFD running there with this node as its neighbour, and is"
                + " UDP 3784 let through?",
            "it is heard, but does not hear this node",
            Diagnostic.DETECTION_TIME_EXPIRED.words(),
            Diagnostic.NEIGHBOUR_SIGNALED_DOWN.words())) {
      assertThat(table).contains("| `" + reason + "` |");
    }
  }

  @Test
  void saysFarewellWhenItEnds() {
    supervisor.replace(sessions("neighbor_ip " + NINE));
    neighbour(NINE);
    run(2000);
    supervisor.stop();
    supervisor.run();
    exchange();
    assertThat(neighbours.get(NINE).state()).isEqualTo(SessionState.DOWN);
    assertThat(port.isClosed()).isTrue();
  }
}
