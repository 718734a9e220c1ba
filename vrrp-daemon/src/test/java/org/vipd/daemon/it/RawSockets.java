package org.vipd.daemon.it;

import java.util.List;

/** The raw sockets of a host, as the kernel lists them. */
final class RawSockets {

  private static final int ADDRESS_COLUMN = 1;
  private static final String VRRP = ":0070";

  private RawSockets() {}

  /** How many sockets hear VRRP over IPv4. */
  static long hearingIpv4(Host host) {
    return rows(host, "/proc/net/raw").size();
  }

  /** How many sockets hear VRRP over IPv6. */
  static long hearingIpv6(Host host) {
    return rows(host, "/proc/net/raw6").size();
  }

  /** How many packets the kernel dropped because nobody fetched them in time. */
  static long lost(Host host) {
    return rows(host, "/proc/net/raw").stream()
        .mapToLong(row -> Long.parseLong(row.get(row.size() - 1)))
        .sum();
  }

  private static List<List<String>> rows(Host host, String file) {
    return host.run("cat", file)
        .lines()
        .map(line -> List.of(line.strip().split("\\s+", -1)))
        .filter(row -> row.get(ADDRESS_COLUMN).endsWith(VRRP))
        .toList();
  }
}
