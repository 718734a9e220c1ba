package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.SecureMailServer;
import org.vipd.daemon.testkit.TlsIdentity;

/**
 * Mail and web addresses over TLS, from a daemon as operators start it, to servers that it trusts
 * and to a server that it does not.
 */
@Execution(ExecutionMode.CONCURRENT)
class SecureReceiversIT extends LabTest {

  private static final int BACKLOG = 10;
  private static final int NO_CONTENT = 204;

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> strange = new CopyOnWriteArrayList<>();
  private Host host;
  private TlsIdentity trusted;
  private SecureMailServer starttls;
  private SecureMailServer tls;
  private HttpsServer web;
  private HttpsServer stranger;

  @BeforeEach
  void startServers() throws Exception {
    host = host();
    host.run("ip", "link", "set", "lo", "up");
    trusted = TlsIdentity.make(host.home(), "trusted", "ip:127.0.0.1");
    TlsIdentity unknown = TlsIdentity.make(host.home(), "unknown", "ip:127.0.0.1");
    starttls = new SecureMailServer(SecureMailServer.Manner.OFFERS, trusted, listening());
    tls = new SecureMailServer(SecureMailServer.Manner.TLS, trusted, listening());
    web = webServer(trusted, bodies);
    stranger = webServer(unknown, strange);
  }

  @AfterEach
  void stopServers() throws Exception {
    starttls.close();
    tls.close();
    web.stop(0);
    stranger.stop(0);
  }

  private ServerSocket listening() {
    return host.namespace()
        .call(() -> new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
  }

  private HttpsServer webServer(TlsIdentity identity, List<String> heard) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpsServer server = host.namespace().call(() -> HttpsServer.create(address, BACKLOG));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.keys(), null, null);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(NO_CONTENT, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String address(HttpsServer server) {
    return "https://127.0.0.1:" + server.getAddress().getPort() + "/vip";
  }

  private String configuration(String security, SecureMailServer mail) {
    return """
           global_defs {
             router_id lb1
             notification_email { ops@example.org }
             smtp_server 127.0.0.1 %d
             smtp_security %s
             smtp_alert on
             webhook %s
             webhook %s
           }
           track_file hint {
             file %s
             init_file 0
           }
           """
            .formatted(
                mail.port(), security, address(web), address(stranger), host.home().resolve("hint"))
        + Texts.instance(100, "track_file {\n hint weight 0\n}");
  }

  /** A daemon whose Java trusts one certificate only, as docs/notifications.md says. */
  private VipdNode startTrusting(String configuration) {
    return VipdNode.startWith(trusted.trustedByJava(), host, "keepalived.conf", configuration);
  }

  private static void awaitLine(List<String> lines, String wanted, VipdNode vipd) {
    Await.until(
        "the server hears " + wanted,
        Await.GENEROUS,
        () -> lines.stream().anyMatch(it -> it.contains(wanted)),
        () -> lines + "\n" + vipd.status() + "\n" + vipd.log());
  }

  @Test
  void whoIsTrustedIsToldOverTlsAndNobodyElse() {
    VipdNode vipd = startTrusting(configuration("starttls", starttls));
    vipd.awaitState("MASTER");
    awaitLine(starttls.secured(), "Subject: [lb1] lab is now MASTER", vipd);
    assertThat(starttls.plain()).isNotEmpty().allMatch(it -> it.matches("EHLO .*|STARTTLS|QUIT"));
    awaitLine(bodies, "\"state\":\"MASTER\"", vipd);
    JsonObject body = JsonParser.parseString(bodies.get(bodies.size() - 1)).getAsJsonObject();
    assertThat(body.get("name").getAsString()).isEqualTo("lab");
    Await.until(
        "the stranger is not trusted",
        Await.GENEROUS,
        () -> vipd.ask("status").contains("unable to find valid certification path"),
        vipd::log);
    assertThat(strange).isEmpty();
    host.file("keepalived.conf", configuration("tls", tls));
    vipd.ask("reload");
    host.file("hint", "1\n");
    vipd.awaitState("FAULT");
    awaitLine(tls.secured(), "Subject: [lb1] lab is now FAULT", vipd);
    assertThat(tls.plain()).isEmpty();
    assertThat(starttls.secured()).noneMatch(it -> it.contains("FAULT"));
  }
}
