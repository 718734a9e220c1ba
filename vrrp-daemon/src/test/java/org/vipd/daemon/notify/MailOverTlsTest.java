package org.vipd.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.testkit.SecureMailServer;
import org.vipd.daemon.testkit.TlsIdentity;

/**
 * What {@code smtp_security} means to a mail server whose certificate nobody signed. One that is
 * trusted takes its mail in {@code SecureReceiversIT}.
 */
class MailOverTlsTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final String SUBJECT = "Subject: [lb1] VI_1 is now MASTER";

  /** How long the clock says that each look at it took. */
  private static final long STEP_NANOS = Duration.ofSeconds(2).toNanos();

  @TempDir private static Path folder;
  private static TlsIdentity unknown;

  @BeforeAll
  static void makeIdentity() throws Exception {
    unknown = TlsIdentity.make(folder, "unknown", "ip:127.0.0.1");
  }

  private static SecureMailServer server(SecureMailServer.Manner manner) throws Exception {
    return new SecureMailServer(manner, unknown);
  }

  private static void deliver(SecureMailServer server, MailAccount.Kind kind, Duration timeout)
      throws DeliveryException {
    deliver(server, kind, timeout, System::nanoTime);
  }

  private static void deliver(
      SecureMailServer server, MailAccount.Kind kind, Duration timeout, NanoClock clock)
      throws DeliveryException {
    MailAccount account =
        new MailAccount(
            "lb1",
            "127.0.0.1",
            server.port(),
            Optional.of("lb1.example.org"),
            timeout,
            "vipd@example.org",
            List.of("ops@example.org"),
            new MailAccount.Security(kind, Optional.empty(), Optional.empty()));
    new MailReceiver(new Receivers.MailSpec(account, Set.of("VI_1"), true), clock)
        .deliver(Notices.state("VI_1", "BACKUP", "MASTER", 100));
  }

  private static String refusal(SecureMailServer server, MailAccount.Kind kind, Duration timeout) {
    DeliveryException refusal =
        catchThrowableOfType(DeliveryException.class, () -> deliver(server, kind, timeout));
    assertThat(server.plain()).doesNotContain("DATA");
    assertThat(server.secured()).isEmpty();
    return refusal.getMessage();
  }

  @Test
  void opportunisticTakesTheTlsThatIsOfferedWhoeverOffersIt() throws Exception {
    try (SecureMailServer server = server(SecureMailServer.Manner.OFFERS)) {
      deliver(server, MailAccount.Kind.OPPORTUNISTIC, PATIENT);
      assertThat(server.plain()).containsExactly("EHLO lb1.example.org", "STARTTLS");
      assertThat(server.secured()).contains("RCPT TO:<ops@example.org>", SUBJECT);
    }
  }

  @Test
  void opportunisticGoesWithoutWhereNoneIsOffered() throws Exception {
    try (SecureMailServer server = server(SecureMailServer.Manner.PLAIN)) {
      deliver(server, MailAccount.Kind.OPPORTUNISTIC, PATIENT);
      assertThat(server.plain()).contains(SUBJECT);
    }
  }

  @Test
  void noneTakesNoTlsThatIsOffered() throws Exception {
    try (SecureMailServer server = server(SecureMailServer.Manner.OFFERS)) {
      deliver(server, MailAccount.Kind.NONE, PATIENT);
      assertThat(server.plain()).contains(SUBJECT).doesNotContain("STARTTLS");
    }
  }

  @Test
  void starttlsSendsNothingWithoutIt() throws Exception {
    try (SecureMailServer server = server(SecureMailServer.Manner.PLAIN)) {
      assertThat(refusal(server, MailAccount.Kind.STARTTLS, PATIENT))
          .contains("STARTTLS is required but host does not support STARTTLS");
    }
  }

  @Test
  void starttlsAndTlsSendNothingToAServerWhoseCertificateNobodySigned() throws Exception {
    try (SecureMailServer server = server(SecureMailServer.Manner.OFFERS)) {
      assertThat(refusal(server, MailAccount.Kind.STARTTLS, PATIENT))
          .contains("unable to find valid certification path");
    }
    try (SecureMailServer server = server(SecureMailServer.Manner.TLS)) {
      assertThat(refusal(server, MailAccount.Kind.TLS, PATIENT))
          .contains("unable to find valid certification path");
    }
  }

  @Test
  void aHandshakeThatHangsIsGivenUpAfterTheTimeout() throws Exception {
    Duration timeout = Duration.ofMillis(200);
    try (SecureMailServer server = server(SecureMailServer.Manner.TLS_HANGS)) {
      assertThat(refusal(server, MailAccount.Kind.TLS, timeout)).contains("timed out");
    }
    try (SecureMailServer server = server(SecureMailServer.Manner.HANGS_AFTER_STARTTLS)) {
      assertThat(refusal(server, MailAccount.Kind.OPPORTUNISTIC, timeout)).contains("timed out");
      assertThat(refusal(server, MailAccount.Kind.STARTTLS, timeout)).contains("timed out");
    }
  }

  @Test
  void aHandshakeThatNeverComesToItsEndIsGivenUp() throws Exception {
    try (SecureMailServer server = server(SecureMailServer.Manner.DRIPS_AFTER_STARTTLS)) {
      AtomicLong nanos = new AtomicLong();
      assertThatThrownBy(
              () ->
                  deliver(
                      server,
                      MailAccount.Kind.OPPORTUNISTIC,
                      Duration.ofSeconds(2),
                      () -> nanos.addAndGet(STEP_NANOS)))
          .isInstanceOf(DeliveryException.class)
          .hasMessageContaining("the server has not come to an end for 20 s");
      assertThat(server.plain()).endsWith("STARTTLS");
    }
  }
}
