package org.vipd.daemon.config.yaml;

import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.vip.Surroundings;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** The host that this program runs on. */
public final class LocalSurroundings implements Surroundings {

  private static final Path ROUTES_IPV4 = Path.of("/proc/net/route");
  private static final Path ROUTES_IPV6 = Path.of("/proc/net/ipv6_route");

  @Override
  public String hostName() {
    return SourceOptions.ofHost().configId();
  }

  @Override
  public Map<String, List<Prefix>> networks() {
    Map<String, List<Prefix>> networks = new TreeMap<>();
    try {
      NetworkInterface.networkInterfaces()
          .forEach(
              it ->
                  networks.put(
                      it.getName(),
                      it.getInterfaceAddresses().stream().map(LocalSurroundings::prefix).toList()));
    } catch (SocketException e) {
      // cannot be asked: then no interface is known, and the reader says what it looked for
      return Map.of();
    }
    return networks;
  }

  private static Prefix prefix(InterfaceAddress address) {
    return new Prefix(
        IpAddress.of(address.getAddress().getAddress()), address.getNetworkPrefixLength());
  }

  @Override
  public Optional<String> defaultInterface(AddressFamily family) {
    return family == AddressFamily.IPV4
        ? lines(ROUTES_IPV4).stream()
            .map(line -> line.strip().split("\\s+", -1))
            .filter(it -> it.length > 7 && it[1].equals("00000000") && it[7].equals("00000000"))
            .map(it -> it[0])
            .findFirst()
        : lines(ROUTES_IPV6).stream()
            .map(line -> line.strip().split("\\s+", -1))
            .filter(it -> it.length > 9 && it[1].equals("00") && it[0].matches("0+"))
            .map(it -> it[9])
            .filter(name -> !name.equals("lo"))
            .findFirst();
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // a kernel without the family: then it has no default route
      return List.of();
    }
  }
}
