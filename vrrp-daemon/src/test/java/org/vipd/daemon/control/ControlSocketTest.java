package org.vipd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.status.EventRecord;
import org.vipd.daemon.status.ReloadReport;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.RecordingJournal;

/** The server on a real Unix socket, with a loop thread that answers at once. */
@Timeout(60)
class ControlSocketTest {

  private static final String STATUS = "{\"command\":\"status\"}";

  private static final String LEAVE = "{\"command\":\"leave\"}";

  private static final EventRecord EVENT =
      new EventRecord(
          7,
          "2026-01-01T00:00:00Z",
          "state",
          "INSTANCE",
          "VI_1",
          "BACKUP",
          "MASTER",
          100,
          0,
          List.of());

  @TempDir private Path folder;
  private final EventFeed feed = new EventFeed();
  private final FakeClock clock = new FakeClock();
  private final RecordingJournal journal = new RecordingJournal();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final BlockingQueue<Event.LeaveRequested> leaveRequests = new LinkedBlockingQueue<>();
  private volatile boolean isSlow;
  private boolean takesEvents = true;
  private Path socket = Path.of("");

  @BeforeEach
  void startServer() throws IOException {
    socket = folder.resolve("control.sock");
    ControlRequests requests =
        new ControlRequests(this::answer, () -> LoadResult.failed(List.of()), () -> List.of(EVENT));
    ControlServer server =
        ControlServer.open(socket, requests, feed, new RecordingJournal(), clock);
    opened.add(server);
    Thread thread = new Thread(server, "control under test");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  private boolean answer(Event event) {
    if (takesEvents && event instanceof Event.StatusRequested request) {
      request
          .answer()
          .complete(
              new DaemonStatus(
                  "9.9",
                  42,
                  1.5,
                  new DaemonStatus.ConfigurationStatus("f", 1, "", "", List.of(), "", "", false),
                  List.of(),
                  DaemonStatus.StaticStatus.NONE,
                  List.of(),
                  List.of(),
                  List.of(),
                  java.util.Map.of("events-dropped", 7L)));
    }
    if (takesEvents && event instanceof Event.ConfigurationRead read) {
      String message = read.mode() == ReloadMode.PLAN ? "would" : "did";
      read.answer()
          .complete(new ReloadReport(false, false, 1, message, List.of("p"), List.of(), false));
    }
    if (takesEvents && event instanceof Event.LeaveRequested leave) {
      if (isSlow) {
        leaveRequests.add(leave);
      } else {
        leave.accept();
      }
    }
    return takesEvents;
  }

  private JsonObject request(String line) throws IOException {
    return JsonParser.parseString(ControlConnection.request(socket, line)).getAsJsonObject();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    opened.add(channel);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return channel;
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String readAll(SocketChannel channel) throws IOException {
    InputStream in = Channels.newInputStream(channel);
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void answersStatusAsOneLineOfJson() throws IOException {
    JsonObject status = request(STATUS);
    assertThat(status.get("version").getAsString()).isEqualTo("9.9");
    assertThat(status.get("pid").getAsInt()).isEqualTo(42);
    assertThat(status.getAsJsonObject("daemon").get("events-dropped").getAsInt()).isEqualTo(7);
    assertThat(ControlConnection.request(socket, STATUS)).doesNotContain("\n");
  }

  @Test
  void answersReloadAndPlan() throws IOException {
    JsonObject reload = request("{\"command\":\"reload\"}");
    assertThat(reload.get("message").getAsString()).isEqualTo("did");
    assertThat(reload.getAsJsonArray("problems")).hasSize(1);
    JsonObject plan = request("{\"command\":\"plan\"}");
    assertThat(plan.get("message").getAsString()).isEqualTo("would");
  }

  @Test
  void answersTheNextProcessThatWaits() throws IOException {
    assertThat(ControlConnection.request(socket, LEAVE)).isEqualTo("\"left\"");
  }

  /** After SIGSTOP and SIGCONT, for example: the next process gave up long ago. */
  @Test
  void doesNotLeaveForOneThatHasHungUp() throws Exception {
    isSlow = true;
    SocketChannel channel = connect();
    send(channel, LEAVE + "\n");
    Event.LeaveRequested request = leaveRequests.take();
    assertThat(request.isAwaited().getAsBoolean()).isTrue();
    channel.close();
    assertThat(request.accept()).isFalse();
    assertThat(request.answer()).isNotCompleted();
  }

  @Test
  void doesNotLeaveForOneThatWasToldThatNobodyAnswers() throws Exception {
    isSlow = true;
    assertThat(request(LEAVE).get("error").getAsString())
        .isEqualTo("the loop thread did not answer within 2000 ms; it does not leave");
    assertThat(leaveRequests.take().accept()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"command\":\"dance\"}",
        "{}",
        "[]",
        "null",
        "",
        "hello",
        "{\"command\":",
        "{\"command\":{}}",
        "{\"command\":null}",
        "\u0000\u0001\uFFFD"
      })
  void answersGarbageWithAnError(String line) throws IOException {
    assertThat(request(line).get("error").getAsString()).isNotBlank();
    assertThat(request(STATUS).has("version")).isTrue();
  }

  @Test
  void namesTheUnknownCommand() throws IOException {
    assertThat(request("{\"command\":\"dance\"}").get("error").getAsString())
        .startsWith("unknown command 'dance'; known: ");
  }

  @Test
  void answersEachOfSeveralLinesThatComeTogether() throws IOException {
    SocketChannel channel = connect();
    send(channel, STATUS + "\n" + "{}\n" + STATUS + "\n");
    channel.shutdownOutput();
    assertThat(readAll(channel).lines()).hasSize(3);
  }

  @Test
  void answersALineThatComesInPieces() throws IOException {
    SocketChannel channel = connect();
    for (int i = 0; i < STATUS.length(); i++) {
      send(channel, STATUS.substring(i, i + 1));
    }
    send(channel, "\n");
    channel.shutdownOutput();
    assertThat(readAll(channel)).contains("9.9");
  }

  @Test
  void closesTheConnectionOfAHugeLine() throws IOException {
    SocketChannel channel = connect();
    try {
      send(channel, "x".repeat(1 << 20));
    } catch (IOException e) {
      // the server may have closed before everything was sent
      assertThat(e).hasMessageContaining("pipe");
    }
    assertThatThrownBy(() -> send(channel, "y".repeat(1 << 20))).isInstanceOf(IOException.class);
    assertThat(request(STATUS).has("version")).isTrue();
  }

  @Test
  void servesOthersWhileOneClientIsSlow() throws IOException {
    SocketChannel slow = connect();
    send(slow, "{\"comm");
    SocketChannel greedy = connect();
    greedy.configureBlocking(false);
    ByteBuffer flood =
        ByteBuffer.wrap((STATUS + "\n").repeat(5000).getBytes(StandardCharsets.UTF_8));
    greedy.write(flood);
    assertThat(request(STATUS).has("version")).isTrue();
    send(slow, "and\":\"status\"}\n");
    slow.shutdownOutput();
    assertThat(readAll(slow)).contains("9.9");
  }

  @Test
  void disconnectsAClientThatDoesNotFinishItsLine() throws IOException {
    SocketChannel slow = connect();
    send(slow, "{\"comm");
    assertThat(request(STATUS).has("version")).isTrue();
    clock.advance(6_000_000_000L);
    assertThat(readAll(slow)).isEmpty();
  }

  @Test
  void saysThatTheDaemonIsTooBusy() throws IOException {
    takesEvents = false;
    assertThat(request(STATUS).get("error").getAsString()).contains("event queue is full");
  }

  @Test
  void letsOnlyItsOwnUserIn() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
  }

  @Test
  void answersTheHistory() throws IOException {
    JsonObject answer = request("{\"command\":\"history\"}");
    assertThat(answer.getAsJsonArray("events")).hasSize(1);
    assertThat(answer.getAsJsonArray("events").get(0).getAsJsonObject().get("number").getAsLong())
        .isEqualTo(7);
  }

  @Test
  void tellsEventsToAClientThatFollowsThem() throws IOException {
    SocketChannel channel = connect();
    send(channel, "{\"command\":\"events\"}\n");
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).isEqualTo("{\"following\":true}");
    feed.accept("{\"number\":1}");
    feed.accept("{\"number\":2}");
    assertThat(lines.readLine()).isEqualTo("{\"number\":1}");
    assertThat(lines.readLine()).isEqualTo("{\"number\":2}");
  }

  @Test
  void dropsTheOldestEventsForAFollowerThatDoesNotTakeThemAndSaysHowMany() {
    EventFeed.Follower follower = feed.follow();
    for (int i = 0; i < 1005; i++) {
      feed.accept("line " + i);
    }
    List<String> lines = follower.take().lines().toList();
    assertThat(lines).hasSize(1001);
    assertThat(lines.get(0)).isEqualTo("{\"dropped\":5}");
    assertThat(lines.get(1)).isEqualTo("line 5");
    assertThat(lines.get(1000)).isEqualTo("line 1004");
  }

  @Test
  void replacesAStaleSocketFileAndRemovesItsOwn() throws Exception {
    Path stale = folder.resolve("stale.sock");
    Files.writeString(stale, "left over");
    ControlServer server =
        ControlServer.open(
            stale, (line, isAwaited) -> "{}", new EventFeed(), new RecordingJournal(), clock);
    Thread thread = new Thread(server, "second control under test");
    thread.setDaemon(true);
    thread.start();
    assertThat(ControlConnection.request(stale, "x")).isEqualTo("{}");
    server.close();
    assertThat(stale).doesNotExist();
  }

  private ControlServer start(Path path, Restoration restoration) throws IOException {
    ControlServer server =
        ControlServer.open(path, (line, isAwaited) -> "{}", new EventFeed(), journal, clock);
    server.restoreWith(restoration);
    opened.add(server);
    Thread thread = new Thread(server, "removed control under test");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  @Test
  void makesASocketAnewThatSomebodyHasRemoved() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path path = home.resolve("control.sock");
    start(path, () -> Files.createDirectories(home));
    Files.delete(path);
    Files.delete(home);
    while (!Files.exists(path)) {
      clock.advance(2_000_000_000L);
      Thread.onSpinWait();
    }
    awaitMessage();
    assertThat(ControlConnection.request(path, "x")).isEqualTo("{}");
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(journal.messages())
        .containsExactly(
            "warn somebody has removed "
                + path
                + ": runtime directory, lock and socket are made anew; whatever clears "
                + home
                + " should leave it alone");
  }

  private void awaitMessage() {
    while (journal.messages().isEmpty()) {
      clock.advance(2_000_000_000L);
      Thread.onSpinWait();
    }
  }

  @Test
  void makesNothingAnewAfterItsEnd() throws Exception {
    Path path = folder.resolve("ended.sock");
    ControlServer server =
        ControlServer.open(path, (line, isAwaited) -> "{}", new EventFeed(), journal, clock);
    server.close();
    clock.advance(2_000_000_000L);
    server.run();
    assertThat(path).doesNotExist();
    assertThat(journal.messages()).isEmpty();
    for (int i = 0; i < 20; i++) {
      ControlServer other = start(path, () -> {});
      clock.advance(2_000_000_000L);
      other.close();
      assertThat(path).doesNotExist();
    }
    assertThat(journal.messages()).isEmpty();
  }

  @Test
  void saysOnceThatASocketCannotBeMadeAnew() throws Exception {
    Path path = folder.resolve("removed.sock");
    AtomicInteger attempts = new AtomicInteger();
    ControlServer server =
        start(
            path,
            () -> {
              attempts.incrementAndGet();
              throw new IOException("another vipd (pid 7) uses it");
            });
    Files.delete(path);
    Files.writeString(path, "another daemon's");
    while (attempts.get() < 3) {
      clock.advance(2_000_000_000L);
      Thread.onSpinWait();
    }
    server.close();
    assertThat(journal.messages())
        .singleElement()
        .asString()
        .startsWith("error somebody has removed " + path + ", and it cannot be made anew: another")
        .contains("vipd status and vipd reload do not reach it");
    assertThat(path).as("it is not ours").hasContent("another daemon's");
  }

  @Test
  void saysThatNobodyListens() {
    assertThatThrownBy(() -> ControlConnection.request(folder.resolve("none.sock"), STATUS))
        .isInstanceOf(IOException.class);
  }
}
