package org.vipd.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebReceiverTest {

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 204;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Location", address("/again"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private WebReceiver receiver(String address) {
    return new WebReceiver(new Receivers.WebSpec(address));
  }

  @Test
  void postsTheStateWithItsCauses() throws DeliveryException {
    receiver(address("/hook")).deliver(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    JsonObject body = JsonParser.parseString(bodies.get(0)).getAsJsonObject();
    assertThat(body.get("name").getAsString()).isEqualTo("VI_1");
    assertThat(body.get("state").getAsString()).isEqualTo("MASTER");
    assertThat(body.get("before").getAsString()).isEqualTo("BACKUP");
    assertThat(body.getAsJsonArray("causes")).hasSize(1);
  }

  @Test
  void followsNoRedirectionEvenOneThatNeverEnds() {
    status = 307;
    assertThatThrownBy(
            () -> receiver(address("/")).deliver(Notices.state("A", "BACKUP", "MASTER", 1)))
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "it answers 307 and points to " + address("/again") + "; write that address instead");
    assertThat(bodies).hasSize(1);
  }

  @Test
  void anErrorOfTheServerIsAFailure() {
    status = 500;
    WebReceiver receiver = receiver(address("/"));
    assertThatThrownBy(() -> receiver.deliver(Notices.state("A", "BACKUP", "MASTER", 1)))
        .hasMessage("it answers 500, expected 200 to 299");
    status = 200;
    assertThatCode(() -> receiver.deliver(Notices.state("A", "BACKUP", "MASTER", 1)))
        .doesNotThrowAnyException();
  }

  @Test
  void nobodyThereAndAnAddressWithoutSenseAreFailures() {
    String gone = address("/");
    server.stop(0);
    assertThatThrownBy(() -> receiver(gone).deliver(Notices.state("A", "BACKUP", "MASTER", 1)))
        .isInstanceOf(DeliveryException.class)
        .hasMessage("the connection is refused, or the host cannot be reached");
    assertThatThrownBy(() -> receiver("ftp:x").deliver(Notices.state("A", "B", "MASTER", 1)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("the address makes no sense");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String address = "http://127.0.0.1:" + silent.getLocalPort() + "/";
      WebReceiver receiver = new WebReceiver(new Receivers.WebSpec(address), Duration.ofSeconds(1));
      assertThatThrownBy(() -> receiver.deliver(Notices.state("A", "BACKUP", "MASTER", 1)))
          .isInstanceOf(DeliveryException.class)
          .hasMessage("no answer within 1 s");
    }
  }

  @Test
  void showsNoSecretsInItsName() {
    assertThat(receiver("https://user:secret@example.org/hook?token=x").name())
        .isEqualTo("webhook https://example.org");
    assertThat(receiver("https://hooks.example.org:8443/services/T0/B0/secret").name())
        .isEqualTo("webhook https://hooks.example.org:8443");
    assertThat(receiver("mailto:secret").name())
        .isEqualTo("webhook with an address without a host");
  }

  @Test
  void wantsChangesOfStateOnly() {
    WebReceiver receiver = receiver(address("/"));
    assertThat(receiver.wants(Notices.state("A", "INIT", "BACKUP", 1))).isTrue();
    assertThat(receiver.wants(Notices.state("A", "FAULT", "INIT", 1))).isFalse();
    assertThat(receiver.wants(Notices.priority("A", "BACKUP", 1))).isFalse();
    assertThat(receiver.wants(Notices.stall("woke up 4.213 s late: a cause"))).isFalse();
  }
}
