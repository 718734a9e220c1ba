package org.vipd.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.RecordingJournal;

class MailReceiverTest {

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private boolean hangs;
  private boolean talksForEver;

  /** How much later it is each time somebody asks. */
  private long clockStepNanos = 1;

  private long clockNanos;
  private String answerToRecipient = "250 ok";

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "mail server under test");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk(socket);
      } catch (IOException e) {
        heard.add("closed");
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    while (talksForEver && !out.checkError()) {
      out.print("220 ".repeat(1000));
    }
    if (!hangs) {
      out.print("220 test\r\n");
      out.flush();
    }
    boolean inData = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      inData = inData ? !line.equals(".") : line.equals("DATA");
      String answer = answer(line, inData);
      if (!answer.isEmpty()) {
        out.print(answer + "\r\n");
        out.flush();
      }
    }
  }

  private String answer(String line, boolean inData) {
    if (line.equals("DATA")) {
      return "354 go on";
    }
    if (inData) {
      return "";
    }
    return line.startsWith("RCPT") ? answerToRecipient : "250 ok";
  }

  private MailReceiver receiver(Duration timeout, boolean sendsFaults) {
    return new MailReceiver(spec(timeout, sendsFaults), () -> clockNanos += clockStepNanos);
  }

  private Receivers.MailSpec spec(Duration timeout, boolean sendsFaults) {
    MailAccount account =
        new MailAccount(
            "lb1",
            "127.0.0.1",
            server.getLocalPort(),
            Optional.of("lb1.example.org"),
            timeout,
            "vipd@example.org",
            List.of("ops@example.org", "night@example.org"),
            new MailAccount.Security(
                MailAccount.Kind.OPPORTUNISTIC, Optional.empty(), Optional.empty()));
    return new Receivers.MailSpec(account, Set.of("VI_1"), sendsFaults);
  }

  @Test
  void sendsOneMailToAllWithTheReason() throws DeliveryException {
    receiver(Duration.ofSeconds(20), true).deliver(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    assertThat(heard)
        .contains("EHLO lb1.example.org")
        .contains("MAIL FROM:<vipd@example.org>")
        .contains("RCPT TO:<ops@example.org>", "RCPT TO:<night@example.org>")
        .contains("Subject: [lb1] VI_1 is now MASTER")
        .contains("because check chk fails")
        .contains("priority 100");
  }

  @Test
  void saysWhatTheServerRefuses() {
    answerToRecipient = "550 nobody of that name";
    MailReceiver receiver = receiver(Duration.ofSeconds(20), true);
    assertThatThrownBy(() -> receiver.deliver(Notices.state("VI_1", "BACKUP", "MASTER", 100)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("550 nobody of that name");
  }

  @Test
  void whatCouldNotBeSentIsSentWhenTheServerIsBack() throws IOException {
    int port = server.getLocalPort();
    MailReceiver receiver = receiver(Duration.ofSeconds(20), true);
    server.close();
    FakeClock clock = new FakeClock();
    Delivery delivery = new Delivery(receiver, clock, new RecordingJournal());
    delivery.configure(spec(Duration.ofSeconds(20), true), Set.of(Notice.Subject.instance("VI_1")));
    Notice notice = Notices.state("VI_1", "BACKUP", "MASTER", 100);
    delivery.submit(notice);
    delivery.deliver(notice);
    assertThat(delivery.status().get(0).isWaiting()).isTrue();
    assertThat(delivery.status().get(0).failed()).isOne();
    server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "mail server that is back");
    thread.setDaemon(true);
    thread.start();
    delivery.deliver(notice);
    assertThat(delivery.status().get(0).result()).isEqualTo("delivered");
    assertThat(heard).contains("Subject: [lb1] VI_1 is now MASTER");
  }

  @Test
  void aServerThatHangsIsGivenUpAfterTheTimeout() {
    hangs = true;
    MailReceiver receiver = receiver(Duration.ofMillis(100), true);
    assertThatThrownBy(() -> receiver.deliver(Notices.state("VI_1", "BACKUP", "MASTER", 100)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("timed out");
  }

  @Test
  void aServerThatTalksWithoutEndIsCutOff() {
    talksForEver = true;
    MailReceiver receiver = receiver(Duration.ofSeconds(20), true);
    assertThatThrownBy(() -> receiver.deliver(Notices.state("VI_1", "BACKUP", "MASTER", 100)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("the server sent more than 256 kB");
  }

  @Test
  void aServerThatTakesItsTimeByteByByteIsGivenUp() {
    clockStepNanos = Duration.ofSeconds(10).toNanos();
    MailReceiver receiver = receiver(Duration.ofSeconds(2), true);
    assertThatThrownBy(() -> receiver.deliver(Notices.state("VI_1", "BACKUP", "MASTER", 100)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("the server has not come to an end for 20 s");
  }

  @Test
  void wantsWhatIsConfigured() {
    MailReceiver all = receiver(Duration.ofSeconds(20), true);
    assertThat(all.wants(Notices.state("VI_1", "BACKUP", "FAULT", 1))).isTrue();
    assertThat(all.wants(Notices.state("VI_2", "BACKUP", "FAULT", 1))).isFalse();
    assertThat(all.wants(Notices.priority("VI_1", "BACKUP", 1))).isFalse();
    assertThat(all.wants(Notices.stall("woke up 4.213 s late: a cause"))).isFalse();
    MailReceiver noFaults = receiver(Duration.ofSeconds(20), false);
    assertThat(noFaults.wants(Notices.state("VI_1", "BACKUP", "FAULT", 1))).isFalse();
    assertThat(noFaults.wants(Notices.state("VI_1", "BACKUP", "MASTER", 1))).isTrue();
  }
}
