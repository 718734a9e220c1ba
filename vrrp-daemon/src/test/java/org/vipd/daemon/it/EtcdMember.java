package org.vipd.daemon.it;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Debian's etcd on one of three masters, {@code m0} to {@code m2}. */
final class EtcdMember {

  private static final int MEMBERS = 3;

  private EtcdMember() {}

  /**
   * Starts one, or starts it again.
   *
   * @param network the first three octets of the masters' addresses, which end in 100, 110 and 120
   */
  static Launched launch(Host host, String network) {
    String name = host.home().getFileName().toString();
    String peer = url(network, Integer.parseInt(name.substring(1)));
    String cluster =
        IntStream.range(0, MEMBERS)
            .mapToObj(it -> "m" + it + "=" + url(network, it))
            .collect(Collectors.joining(","));
    List<String> command =
        List.of(
            "etcd",
            "--name=" + name,
            "--data-dir=" + host.home().resolve("etcd"),
            "--listen-client-urls=http://127.0.0.1:2379",
            "--advertise-client-urls=http://127.0.0.1:2379",
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=" + cluster,
            // a busy machine is no reason for another leader
            "--heartbeat-interval=300",
            "--election-timeout=3000");
    return host.start("etcd", command, Map.of());
  }

  private static String url(String network, int number) {
    return "http://" + network + ".1" + number + "0:2380";
  }

  /** Waits until the member on a host says that it is healthy, which takes two of three. */
  static void awaitHealthy(Host host) {
    Await.until(
        "etcd on " + host.namespace().name() + " is healthy",
        Await.GENEROUS.multipliedBy(2),
        () ->
            host.run("sh", "-c", "curl -s -m 2 http://127.0.0.1:2379/health || true")
                .contains("\"health\":\"true\""),
        () -> host.read("etcd.log"));
  }
}
