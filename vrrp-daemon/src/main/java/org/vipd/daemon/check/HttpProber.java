package org.vipd.daemon.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.HttpsURLConnection;
import org.vipd.daemon.config.probe.Probe;

/** Asks for a web page and judges the answer. */
final class HttpProber implements Prober {

  private static final int BODY_LIMIT = 65_536;
  private static final int OK = 200;
  private static final int ERROR = 400;
  private static final int SHOWN = 200;
  private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(3);

  /** Judges the text of an answer. */
  interface BodyRule {
    void require(String body) throws IOException;
  }

  private final Probe.Http probe;
  private final InstantSource wallClock;
  private final BodyRule rule;
  private final TlsContext tls;
  private final AtomicReference<HttpURLConnection> underWay = new AtomicReference<>();

  HttpProber(Probe.Http probe, InstantSource wallClock, BodyRule rule) {
    this.probe = probe;
    this.wallClock = wallClock;
    this.rule = rule;
    this.tls = new TlsContext(probe.tls());
  }

  /** Code has to be loaded, on a busy host for longer than a second. */
  @Override
  public Duration atFirst(Duration timeout) {
    return timeout.compareTo(FIRST_TIMEOUT) < 0 ? FIRST_TIMEOUT : timeout;
  }

  @Override
  public String probe(Duration timeout) throws IOException {
    HttpURLConnection connection = open(timeout);
    underWay.set(connection);
    try {
      connection.connect();
      if (connection instanceof HttpsURLConnection secure) {
        // now, because the connection is closed with the end of the answer
        requireValidity(secure.getServerCertificates());
      }
      int status = connection.getResponseCode();
      judge(status, body(connection));
      return "status " + status;
    } catch (IOException e) {
      throw new IOException(probe.url() + ": " + inWords(e), e);
    } finally {
      // a later run may be under way by now
      underWay.compareAndSet(connection, null);
      connection.disconnect();
    }
  }

  private HttpURLConnection open(Duration timeout) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(probe.url()).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("User-Agent", "vipd");
    connection.setRequestProperty("Connection", "close");
    if (connection instanceof HttpsURLConnection secure) {
      tls.apply(secure);
    }
    return connection;
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream in =
        connection.getResponseCode() < ERROR
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return in == null ? "" : new String(in.readNBytes(BODY_LIMIT), StandardCharsets.UTF_8);
    }
  }

  private void judge(int status, String body) throws IOException {
    List<Integer> wanted = probe.statuses();
    boolean isWanted = wanted.isEmpty() ? status >= OK && status < ERROR : wanted.contains(status);
    if (!isWanted) {
      throw new IOException(
          "it answers "
              + status
              + ", expected "
              + (wanted.isEmpty() ? "200 to 399" : wanted)
              + (body.isBlank() ? "" : "; it says: " + shortened(body)));
    }
    if (probe.contains().isPresent() && !body.contains(probe.contains().get())) {
      throw new IOException(
          "the answer does not contain '" + probe.contains().get() + "': " + shortened(body));
    }
    rule.require(body);
  }

  private static String shortened(String body) {
    String text = body.strip().replace('\n', ' ');
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  /** Java itself lets a certificate pass that is listed as trusted, however old it is. */
  private void requireValidity(Certificate[] certificates) throws IOException {
    if (certificates[0] instanceof X509Certificate certificate) {
      Instant now = wallClock.instant();
      Instant start = certificate.getNotBefore().toInstant();
      Instant end = certificate.getNotAfter().toInstant();
      if (probe.tls().verifies() && end.isBefore(now)) {
        throw new IOException("the certificate expired at " + end + "; renew it");
      }
      if (probe.tls().verifies() && start.isAfter(now)) {
        throw new IOException(
            "the certificate is not valid before " + start + ", and this host's clock says " + now);
      }
      requireRemainder(end, now);
    }
  }

  private void requireRemainder(Instant end, Instant now) throws IOException {
    Duration least = probe.tls().minimumLeft();
    if (!least.isZero() && end.isBefore(now.plus(least))) {
      throw new IOException(
          "the certificate expires at "
              + end
              + ", expected at least "
              + least.toHours()
              + " h left");
    }
  }

  @Override
  public void abort() {
    Optional.ofNullable(underWay.get()).ifPresent(HttpURLConnection::disconnect);
  }

  /** Some failures have no text of their own, and one has nothing but the name of a host. */
  private static String inWords(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return "the name " + failure.getMessage() + " cannot be resolved";
    }
    return failure.getMessage() == null
        ? "the connection ended without an answer"
        : failure.getMessage();
  }
}
