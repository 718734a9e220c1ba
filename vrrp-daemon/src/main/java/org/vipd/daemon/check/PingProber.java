package org.vipd.daemon.check;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.probe.Probe;

/**
 * Sends echo requests to one host after the other, until enough have answered. Java sends ICMP when
 * it may (root, or CAP_NET_RAW), else it tries TCP port 7.
 */
final class PingProber implements Prober {

  private final Probe.Ping probe;

  PingProber(Probe.Ping probe) {
    this.probe = probe;
  }

  @Override
  public String probe(Duration timeout) throws IOException {
    int share = (int) Math.max(1, timeout.toMillis() / probe.hosts().size());
    List<String> silent = new ArrayList<>();
    int answered = 0;
    for (String host : probe.hosts()) {
      if (answers(host, share)) {
        answered++;
      } else {
        silent.add(host);
      }
      if (answered >= probe.quorum()) {
        return answered + " hosts answered";
      }
    }
    throw new IOException(
        answered
            + " hosts answered, expected "
            + probe.quorum()
            + "; silent: "
            + String.join(", ", silent));
  }

  private static boolean answers(String host, int millis) {
    try {
      return InetAddress.getByName(host).isReachable(millis);
    } catch (IOException e) {
      return false;
    }
  }
}
