package org.vipd.daemon.check;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.probe.Probe;

/**
 * Begins a conversation over TLS with nobody, so that the first check over TLS finds the classes
 * loaded and the certificates of the system read. Without it that check takes half a second, on a
 * busy host more than one.
 */
public final class TlsRehearsal implements Runnable {

  private static final String NOBODY = "localhost";
  private static final int PORT = 443;

  /** Whether one of the checks asks over TLS. */
  public static boolean isNeeded(List<CheckConfig> checks) {
    return checks.stream()
        .flatMap(check -> check.probe().stream())
        .flatMap(probe -> url(probe).stream())
        .anyMatch(url -> url.startsWith("https:"));
  }

  private static Optional<String> url(Probe probe) {
    if (probe instanceof Probe.Http http) {
      return Optional.of(http.url());
    }
    if (probe instanceof Probe.KubeApiserver api) {
      return Optional.of(api.http().url());
    }
    return probe instanceof Probe.Etcd etcd ? Optional.of(etcd.http().url()) : Optional.empty();
  }

  @Override
  public void run() {
    try {
      var unused = greeting();
    } catch (GeneralSecurityException | SSLException e) {
      // the first check meets the same, and says it
    }
  }

  /** The first bytes that a client says, as many as there are. */
  static int greeting() throws GeneralSecurityException, SSLException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine(NOBODY, PORT);
    engine.setUseClientMode(true);
    engine.beginHandshake();
    ByteBuffer said = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), said);
    return said.position();
  }
}
