package org.vipd.daemon.config.probe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A health check that the daemon makes itself, without a process. */
public sealed interface Probe {

  /** What is asked, in words: {@code tcp 127.0.0.1:6443}. */
  String text();

  /**
   * A connection can be made.
   *
   * @param host name or address
   * @param port 1..65535
   */
  record Tcp(String host, int port) implements Probe {
    public Tcp {
      requirePort(port);
    }

    @Override
    public String text() {
      return "tcp " + host + ":" + port;
    }
  }

  /**
   * A web page answers as expected. Redirections are not followed.
   *
   * @param url http or https
   * @param statuses accepted status codes; none means 200 to 399
   * @param contains text that the first 64 kB of the answer have; empty for any
   * @param tls for https
   */
  record Http(String url, List<Integer> statuses, Optional<String> contains, Tls tls)
      implements Probe {
    public Http {
      statuses = List.copyOf(statuses);
    }

    @Override
    public String text() {
      return "http " + url;
    }
  }

  /**
   * Protection of a connection.
   *
   * @param verifies whether certificate and name are verified
   * @param authority PEM file with the certificates that are trusted; empty for those of the system
   * @param certificate PEM file with our certificate, and the key as PKCS #8; empty for none
   * @param serverName name that is asked for and verified; empty for that of the address
   * @param minimumLeft how long the certificate has to be valid still
   */
  record Tls(
      boolean verifies,
      Optional<String> authority,
      Optional<String> certificate,
      Optional<String> serverName,
      Duration minimumLeft) {

    /** What web browsers do. */
    public static final Tls USUAL =
        new Tls(true, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  /**
   * A back end of HAProxy has enough servers that are up.
   *
   * @param socket path of its stats socket
   * @param backend name of the back end
   * @param servers how many at least
   */
  record Haproxy(String socket, String backend, int servers) implements Probe {
    @Override
    public String text() {
      return "haproxy " + socket + " " + backend + " " + servers;
    }
  }

  /**
   * The API server of this node is ready.
   *
   * @param http what is asked, on an address of this node that is not a virtual one
   */
  record KubeApiserver(Http http) implements Probe {
    @Override
    public String text() {
      return "kube-apiserver " + http.url();
    }
  }

  /**
   * The etcd of this node is healthy: it knows a leader and commits.
   *
   * @param http what is asked
   */
  record Etcd(Http http) implements Probe {
    @Override
    public String text() {
      return "etcd " + http.url();
    }
  }

  /**
   * Enough processes of a name run.
   *
   * @param name of the program file, without its folder
   * @param minimum how many at least
   */
  record Processes(String name, int minimum) implements Probe {
    @Override
    public String text() {
      return "process " + name + (minimum == 1 ? "" : " " + minimum);
    }
  }

  /**
   * A file exists.
   *
   * @param path of it
   * @param maximumAge since its last change; empty for any
   * @param contains text that its first 64 kB have; empty for any
   */
  record File(String path, Optional<Duration> maximumAge, Optional<String> contains)
      implements Probe {
    @Override
    public String text() {
      return "file " + path;
    }
  }

  /** An interface is up and has carrier. */
  record Interface(String name) implements Probe {
    @Override
    public String text() {
      return "interface " + name;
    }
  }

  /**
   * The main routing table has a route to exactly this network.
   *
   * @param network {@code default}, or address and prefix length
   * @param device interface it has to lead over; empty for any
   */
  record Route(String network, Optional<String> device) implements Probe {
    @Override
    public String text() {
      return "route " + network + device.map(it -> " over " + it).orElse("");
    }
  }

  /**
   * Enough hosts answer an echo request (ICMP).
   *
   * @param hosts names or addresses
   * @param quorum how many at least
   */
  record Ping(List<String> hosts, int quorum) implements Probe {
    public Ping {
      hosts = List.copyOf(hosts);
      if (quorum < 1 || quorum > hosts.size()) {
        throw new IllegalArgumentException("quorum must be 1.." + hosts.size() + ", got " + quorum);
      }
    }

    @Override
    public String text() {
      return "ping " + quorum + " of " + String.join(", ", hosts);
    }
  }

  private static void requirePort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1..65535, got " + port);
    }
  }
}
