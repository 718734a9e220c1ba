package org.vipd.daemon.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.watch.ProcessList;

/** Makes what asks, for each kind of check. */
final class Probers {

  private final Path root;
  private final InstantSource wallClock;
  private final NanoClock clock;

  /**
   * A factory.
   *
   * @param root where {@code proc} and {@code sys} are
   */
  Probers(Path root, InstantSource wallClock, NanoClock clock) {
    this.root = root;
    this.clock = clock;
    this.wallClock = wallClock;
  }

  Prober of(Probe probe) {
    if (probe instanceof Probe.Tcp tcp) {
      return timeout -> connect(tcp, timeout);
    }
    if (probe instanceof Probe.Http http) {
      return new HttpProber(http, wallClock, body -> {});
    }
    if (probe instanceof Probe.KubeApiserver api) {
      return new HttpProber(api.http(), wallClock, body -> {});
    }
    if (probe instanceof Probe.Etcd etcd) {
      return new HttpProber(etcd.http(), wallClock, EtcdHealth::require);
    }
    if (probe instanceof Probe.Haproxy haproxy) {
      return new HaproxyProber(haproxy);
    }
    if (probe instanceof Probe.Ping ping) {
      return new PingProber(ping, clock);
    }
    return local(probe);
  }

  private Prober local(Probe probe) {
    if (probe instanceof Probe.File file) {
      return timeout -> LocalProbes.file(file, wallClock.instant());
    }
    if (probe instanceof Probe.Processes process) {
      ProcessList processes = new ProcessList(root.resolve("proc"));
      return timeout -> LocalProbes.process(process, processes);
    }
    if (probe instanceof Probe.Interface network) {
      return timeout -> LocalProbes.networkInterface(network, root.resolve("sys/class/net"));
    }
    Probe.Route route = (Probe.Route) probe;
    return timeout -> new RouteTables(root.resolve("proc/net")).require(route);
  }

  private static String connect(Probe.Tcp tcp, Duration timeout) throws IOException {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
      if (address.isUnresolved()) {
        throw new IOException("the name " + tcp.host() + " cannot be resolved");
      }
      socket.connect(address, (int) timeout.toMillis());
      return "connected to " + socket.getRemoteSocketAddress();
    } catch (IOException e) {
      throw new IOException(
          "no connection to " + tcp.host() + ":" + tcp.port() + ": " + text(e), e);
    }
  }

  private static String text(IOException failure) {
    return failure.getMessage() == null ? "no answer" : failure.getMessage();
  }
}
