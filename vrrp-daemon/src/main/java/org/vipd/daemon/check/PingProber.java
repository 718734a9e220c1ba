package org.vipd.daemon.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.port.NanoClock;

/**
 * Sends echo requests to one host after the other, until enough have answered. Java sends ICMP when
 * it may (root, or CAP_NET_RAW), else it tries TCP port 7.
 */
final class PingProber implements Prober {

  /**
   * Parts of the time-out that are for the hosts, of ten: the rest is for saying who was silent.
   */
  private static final int PARTS_FOR_HOSTS = 9;

  /** Sends one echo request. */
  interface Echo {
    /** Whether it was answered in time; false before that when the host cannot be reached. */
    boolean isAnswered(String host, int millis) throws IOException;
  }

  private final Probe.Ping probe;
  private final NanoClock clock;
  private final Echo echo;
  private volatile String known = "";

  PingProber(Probe.Ping probe, NanoClock clock) {
    this(probe, clock, (host, millis) -> InetAddress.getByName(host).isReachable(millis));
  }

  PingProber(Probe.Ping probe, NanoClock clock, Echo echo) {
    this.probe = probe;
    this.clock = clock;
    this.echo = echo;
  }

  @Override
  public String probe(Duration timeout) throws IOException {
    List<String> hosts = probe.hosts();
    long share = timeout.toMillis() * PARTS_FOR_HOSTS / 10 / hosts.size();
    List<String> failures = new ArrayList<>();
    int answered = 0;
    for (int asked = 0; asked < hosts.size(); asked++) {
      known = found(answered, failures, hosts.subList(asked, hosts.size()));
      Optional<String> failure = failure(hosts.get(asked), (int) Math.max(1, share));
      if (failure.isPresent()) {
        failures.add(failure.get());
      } else {
        answered++;
      }
      if (answered >= probe.quorum()) {
        return answered + " of " + hosts.size() + " hosts answered";
      }
    }
    throw new IOException(found(answered, failures, List.of()));
  }

  @Override
  public String soFar() {
    return known;
  }

  private String found(int answered, List<String> failures, List<String> open) {
    List<String> parts = new ArrayList<>();
    parts.add(
        answered
            + " of "
            + probe.hosts().size()
            + " hosts answered, expected at least "
            + probe.quorum());
    parts.addAll(failures);
    if (!open.isEmpty()) {
      parts.add("no result for " + String.join(", ", open));
    }
    return String.join("; ", parts);
  }

  /** What went wrong with a host; empty when it answered. */
  private Optional<String> failure(String host, int millis) {
    long startNanos = clock.nanos();
    try {
      if (echo.isAnswered(host, millis)) {
        return Optional.empty();
      }
    } catch (UnknownHostException e) {
      return Optional.of("the name " + host + " cannot be resolved");
    } catch (IOException e) {
      return Optional.of(host + ": " + e.getMessage());
    }
    // asked no longer than it takes the kernel to say that there is no way to it
    boolean isWaited = clock.nanos() - startNanos >= TimeUnit.MILLISECONDS.toNanos(millis) / 2;
    return Optional.of(
        isWaited
            ? String.format(Locale.ROOT, "%s did not answer within %.3f s", host, millis / 1000.0)
            : host + " cannot be reached from here (ip route get " + host + ")");
  }
}
