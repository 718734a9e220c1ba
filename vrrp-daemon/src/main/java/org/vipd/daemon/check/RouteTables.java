package org.vipd.daemon.check;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.probe.Probe;

/** The main routing tables, as {@code /proc/net/route} and {@code ipv6_route} list them. */
final class RouteTables {

  private static final int FLAG_UP = 1;
  private static final int FLAG_REJECT = 0x200;
  private static final int IPV4_COLUMNS = 8;
  private static final int IPV6_COLUMNS = 10;

  private final Path folder;

  RouteTables(Path folder) {
    this.folder = folder;
  }

  /** A usable route; the network as hexadecimal digits in network order. */
  private record Entry(String network, int length, String device) {}

  String require(Probe.Route route) throws IOException {
    boolean isDefault = route.network().equals("default");
    List<Entry> entries = new ArrayList<>(ipv4());
    entries.addAll(ipv6());
    Optional<Entry> wanted = isDefault ? Optional.empty() : Optional.of(parse(route.network()));
    List<String> devices = new ArrayList<>();
    for (Entry entry : entries) {
      boolean isSame =
          wanted.isPresent()
              ? entry.network().equals(wanted.get().network())
                  && entry.length() == wanted.get().length()
              : entry.length() == 0 && !entry.device().equals("lo");
      if (isSame) {
        devices.add(entry.device());
      }
    }
    return judge(route, devices);
  }

  private static String judge(Probe.Route route, List<String> devices) throws IOException {
    if (devices.isEmpty()) {
      throw new IOException("there is no route to " + route.network());
    }
    if (route.device().isPresent() && !devices.contains(route.device().get())) {
      throw new IOException(
          "the route to "
              + route.network()
              + " leads over "
              + String.join(", ", devices)
              + ", expected "
              + route.device().get());
    }
    return "there is a route over " + String.join(", ", devices);
  }

  private static Entry parse(String network) throws IOException {
    int slash = network.indexOf('/');
    byte[] address = InetAddress.getByName(network.substring(0, slash)).getAddress();
    int length = Integer.parseInt(network.substring(slash + 1));
    return new Entry(HexFormat.of().formatHex(address), length, "");
  }

  private List<Entry> ipv4() throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<String> lines = lines("route");
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String[] columns = line.trim().split("\\s+", -1);
      if (columns.length >= IPV4_COLUMNS && isUsable(columns[3])) {
        int mask = Integer.parseUnsignedInt(columns[7], 16);
        String network =
            HexFormat.of()
                .toHexDigits(Integer.reverseBytes(Integer.parseUnsignedInt(columns[1], 16)));
        entries.add(new Entry(network, Integer.bitCount(mask), columns[0]));
      }
    }
    return entries;
  }

  private List<Entry> ipv6() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines("ipv6_route")) {
      String[] columns = line.trim().split("\\s+", -1);
      if (columns.length >= IPV6_COLUMNS && isUsable(columns[8])) {
        entries.add(new Entry(columns[0], Integer.parseInt(columns[1], 16), columns[9]));
      }
    }
    return entries;
  }

  private static boolean isUsable(String flags) {
    int bits = Integer.parseUnsignedInt(flags, 16);
    return (bits & FLAG_UP) != 0 && (bits & FLAG_REJECT) == 0;
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.US_ASCII) : List.of();
  }
}
