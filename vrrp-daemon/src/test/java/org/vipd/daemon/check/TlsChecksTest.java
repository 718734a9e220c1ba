package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.TlsIdentity;
import org.vipd.daemon.testkit.WebServer;

/** What a check says to a server over TLS, and what it wants of the server's certificate. */
class TlsChecksTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private static Probe.Tls named(TlsIdentity trusted, String name) {
    return new Probe.Tls(true, authority(trusted), Optional.empty(), some(name), Duration.ZERO);
  }

  private static Optional<String> authority(TlsIdentity trusted) {
    return Optional.of(trusted.certificate().toString());
  }

  private static Optional<String> some(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private String ask(String url, Probe.Tls tls) throws IOException {
    return new Probers(folder, InstantSource.system(), new FakeClock())
        .of(new Probe.Http(url, List.of(), Optional.empty(), tls))
        .probe(TIMEOUT);
  }

  private void assertFails(String url, Probe.Tls tls, String... words) {
    assertThatThrownBy(() -> ask(url, tls))
        .isInstanceOf(IOException.class)
        .message()
        .contains(words);
  }

  @Test
  void asksByTheServerNameWithOrWithoutADot() throws Exception {
    TlsIdentity ours = TlsIdentity.make(folder, "ours", "dns:kubernetes,dns:a.example");
    try (WebServer server = WebServer.secure(ours, Optional.empty())) {
      String url = server.url("127.0.0.1");
      assertThat(ask(url, named(ours, "kubernetes"))).isEqualTo("status 200");
      assertThat(server.asked()).containsExactly("kubernetes");
      assertThat(ask(url, named(ours, "a.example"))).isEqualTo("status 200");
      assertThat(server.asked()).containsExactly("a.example");
      assertFails(url, named(ours, "other"), "name matching other found");
      // no name of a host (RFC 1123): it cannot be sent, but is verified
      assertFails(url, named(ours, "x_y"), "x_y");
      assertFails(url, named(ours, ""), "127.0.0.1");
    }
  }

  @Test
  void asksByTheHostOfTheUrlUnlessItIsAnAddress() throws Exception {
    TlsIdentity ours = TlsIdentity.make(folder, "ours", "dns:localhost,ip:127.0.0.1");
    try (WebServer server = WebServer.secure(ours, Optional.empty())) {
      assertThat(ask(server.url("localhost"), named(ours, ""))).isEqualTo("status 200");
      assertThat(server.asked()).containsExactly("localhost");
      assertThat(ask(server.url("127.0.0.1"), named(ours, ""))).isEqualTo("status 200");
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void showsItsCertificateToAServerThatWantsOne() throws Exception {
    TlsIdentity ours = TlsIdentity.make(folder, "ours", "ip:127.0.0.1");
    TlsIdentity client = TlsIdentity.make(folder, "client", "dns:client");
    try (WebServer server = WebServer.secure(ours, Optional.of(client))) {
      String url = server.url("127.0.0.1");
      assertThat(ask(url, withCertificate(ours, client))).isEqualTo("status 200");
      assertFails(url, withCertificate(ours, ours), url);
      assertFails(url, named(ours, ""), url);
      assertFails(
          url,
          new Probe.Tls(true, authority(ours), authority(client), some(""), Duration.ZERO),
          "client.pem has no key (BEGIN PRIVATE KEY)");
    }
  }

  private static Probe.Tls withCertificate(TlsIdentity trusted, TlsIdentity own) throws Exception {
    return new Probe.Tls(
        true,
        authority(trusted),
        Optional.of(own.withKey().toString()),
        Optional.empty(),
        Duration.ZERO);
  }

  @Test
  void wantsACertificateThatLastsLongEnough() throws Exception {
    TlsIdentity ours = TlsIdentity.make(folder, "ours", "ip:127.0.0.1");
    try (WebServer server = WebServer.secure(ours, Optional.empty())) {
      String url = server.url("127.0.0.1");
      assertThat(ask(url, lasting(ours, 24))).isEqualTo("status 200");
      assertFails(
          url, lasting(ours, 49), "the certificate expires at", "expected at least 49 h left");
    }
  }

  @Test
  void wantsACertificateOfTodayAlsoWhereItIsTrustedItself() throws Exception {
    assertRefused("-startdate -3d -validity 1", "the certificate expired at ", "; renew it");
    assertRefused("-startdate +3d -validity 1", "the certificate is not valid before ");
  }

  private void assertRefused(String validity, String... words) throws Exception {
    TlsIdentity ours =
        TlsIdentity.make(Files.createTempDirectory(folder, "x"), "ours", "ip:127.0.0.1", validity);
    try (WebServer server = WebServer.secure(ours, Optional.empty())) {
      String url = server.url("127.0.0.1");
      assertFails(url, named(ours, ""), words);
      Optional<String> none = Optional.empty();
      assertThat(ask(url, new Probe.Tls(false, none, none, none, Duration.ZERO)))
          .as("nothing is verified")
          .isEqualTo("status 200");
    }
  }

  private static Probe.Tls lasting(TlsIdentity trusted, int hours) {
    return new Probe.Tls(
        true, authority(trusted), Optional.empty(), Optional.empty(), Duration.ofHours(hours));
  }

  @Test
  void verifiesNothingWhereThatIsAskedFor() throws Exception {
    TlsIdentity ours = TlsIdentity.make(folder, "ours", "dns:somebody.else");
    try (WebServer server = WebServer.secure(ours, Optional.empty())) {
      String url = server.url("127.0.0.1");
      Optional<String> none = Optional.empty();
      assertFails(url, Probe.Tls.USUAL, "unable to find valid certification path");
      assertThat(ask(url, new Probe.Tls(false, none, none, none, Duration.ZERO)))
          .isEqualTo("status 200");
    }
  }
}
