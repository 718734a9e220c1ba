package org.vipd.daemon.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.VirtualRule.Range;
import org.vipd.daemon.config.VirtualRule.Traffic;

/** Reads the words of a rule that say what its packets are, and of whom. */
final class TrafficWords {

  private static final int OCTET_MAXIMUM = 255;
  private static final int PORT_MAXIMUM = 65_535;
  private static final long NUMBER_MAXIMUM = 0xFFFF_FFFFL;

  /** The highest number of a user: the one above it stands for nobody. */
  private static final long USER_MAXIMUM = NUMBER_MAXIMUM - 1;

  /** As in /etc/protocols. */
  private static final Map<String, Integer> PROTOCOLS =
      Map.ofEntries(
          Map.entry("icmp", 1),
          Map.entry("tcp", 6),
          Map.entry("udp", 17),
          Map.entry("dccp", 33),
          Map.entry("gre", 47),
          Map.entry("esp", 50),
          Map.entry("ah", 51),
          Map.entry("ipv6-icmp", 58),
          Map.entry("ospf", 89),
          Map.entry("vrrp", 112),
          Map.entry("sctp", 132),
          Map.entry("udplite", 136));

  private final EntryWords words;
  private int tos;
  private int ipProtocol;
  private Optional<Range> sourcePorts = Optional.empty();
  private Optional<Range> destinationPorts = Optional.empty();
  private Optional<Range> users = Optional.empty();
  private long tunnel;

  TrafficWords(EntryWords words) {
    this.words = words;
  }

  /** What was read. */
  Traffic traffic() {
    Traffic found = new Traffic(tos, ipProtocol, sourcePorts, destinationPorts, users, tunnel);
    return found.equals(Traffic.ANY) ? Traffic.ANY : found;
  }

  /** Takes a word and what belongs to it; false when it says something else. */
  boolean takes(String word) {
    switch (word) {
      case "tos", "dsfield" -> tos = words.value().map(this::octet).orElse(0);
      case "ipproto" -> ipProtocol = (int) words.number(PROTOCOLS, OCTET_MAXIMUM);
      case "sport" -> sourcePorts = ports();
      case "dport" -> destinationPorts = ports();
      case "uidrange" -> users = range(USER_MAXIMUM);
      case "tunnel-id", "tun_id" -> tunnel = words.number(Map.of(), NUMBER_MAXIMUM);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A name of /etc/iproute2/rt_dsfield, or a number, hexadecimal when it begins with 0x. */
  private int octet(String word) {
    return word.matches("0[xX][0-9a-fA-F]{1,2}")
        ? Integer.parseInt(word.substring(2), 16)
        : (int) words.parse(word, Services.NAMES, OCTET_MAXIMUM);
  }

  /** The kernel refuses port 0 (net/core/fib_rules.c). */
  private Optional<Range> ports() {
    Optional<Range> found = range(PORT_MAXIMUM);
    if (!words.isUnusable() && found.filter(it -> it.first() == 0).isPresent()) {
      words.wrong("port 0 in a rule: must be a number from 1 to " + PORT_MAXIMUM, "correct it");
    }
    return found;
  }

  /** A number, or two with a hyphen between them. */
  private Optional<Range> range(long maximum) {
    Optional<String> word = words.value();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = word.get().split("-", 2);
    long first = words.parse(parts[0], Map.of(), maximum);
    long last = parts.length == 1 ? first : words.parse(parts[1], Map.of(), maximum);
    if (first > last) {
      words.wrong("'" + word.get() + "' begins behind its end", "write the smaller number first");
    }
    return Optional.of(new Range(first, last));
  }

  /** Differentiated services (RFC 2474, 2597, 3246): apart, because few rules name one. */
  private static final class Services {

    private static final Map<String, Integer> NAMES = names();

    private static Map<String, Integer> names() {
      Map<String, Integer> names = new HashMap<>(Map.of("default", 0, "EF", 0xB8));
      for (int i = 1; i <= 7; i++) {
        names.put("CS" + i, i << 5);
      }
      for (int i = 1; i <= 4; i++) {
        for (int drop = 1; drop <= 3; drop++) {
          names.put("AF" + i + drop, i << 5 | drop << 3);
        }
      }
      return Map.copyOf(names);
    }
  }
}
