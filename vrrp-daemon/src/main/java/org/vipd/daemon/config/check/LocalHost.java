package org.vipd.daemon.config.check;

import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.vipd.protocol.value.IpAddress;

/** The host that this program runs on. What it has answered once it does not look up again. */
public final class LocalHost implements HostView {

  private static final Path PASSWD = Path.of("/etc/passwd");

  private final List<Path> searchPath;
  private final Map<String, Optional<String>> obstacles = new HashMap<>();
  private final Map<String, List<Network>> networks = new HashMap<>();

  /**
   * A view that looks for bare program names in some directories.
   *
   * @param searchPath directories separated by colons
   */
  public LocalHost(String searchPath) {
    this.searchPath = Stream.of(searchPath.split(":", -1)).map(Path::of).toList();
  }

  @Override
  public boolean hasInterface(String name) {
    return find(name).isPresent();
  }

  @Override
  public Optional<String> program(String word) {
    if (word.indexOf('/') >= 0) {
      return obstacle(word).isEmpty() ? Optional.of(word) : Optional.empty();
    }
    return searchPath.stream()
        .map(directory -> directory.resolve(word))
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .map(Path::toString)
        .findFirst();
  }

  @Override
  public Optional<String> obstacle(String word) {
    return obstacles.computeIfAbsent(word, this::findObstacle);
  }

  private Optional<String> findObstacle(String word) {
    if (word.indexOf('/') < 0) {
      return program(word).isPresent()
          ? Optional.empty()
          : Optional.of("no directory of PATH has a program " + word);
    }
    Path path = Path.of(word).toAbsolutePath();
    Path part = path.getRoot();
    for (Path name : path) {
      part = part.resolve(name);
      if (!Files.exists(part)) {
        return Optional.of(part + " does not exist");
      }
    }
    if (Files.isDirectory(path)) {
      return Optional.of(path + " is a directory");
    }
    return Files.isExecutable(path)
        ? Optional.empty()
        : Optional.of(path + " is not executable; run: chmod +x " + path);
  }

  @Override
  public boolean hasUser(String name) {
    try (Stream<String> lines = Files.lines(PASSWD, StandardCharsets.ISO_8859_1)) {
      boolean isNumber = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
      return isNumber || lines.anyMatch(line -> line.startsWith(name + ":"));
    } catch (IOException e) {
      // no readable passwd: then nothing is known against the user
      return true;
    }
  }

  @Override
  public List<Network> networks(String interfaceName) {
    return networks.computeIfAbsent(interfaceName, LocalHost::findNetworks);
  }

  @Override
  public OptionalInt mtu(String interfaceName) {
    try {
      Optional<NetworkInterface> found = find(interfaceName);
      return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(found.get().getMTU());
    } catch (SocketException e) {
      // it went away since: then nothing is known
      return OptionalInt.empty();
    }
  }

  private static List<Network> findNetworks(String interfaceName) {
    return find(interfaceName).stream()
        .flatMap(it -> it.getInterfaceAddresses().stream())
        .map(LocalHost::network)
        .toList();
  }

  private static Network network(InterfaceAddress address) {
    return new Network(
        IpAddress.of(address.getAddress().getAddress()), address.getNetworkPrefixLength());
  }

  private static Optional<NetworkInterface> find(String name) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(name));
    } catch (SocketException e) {
      // cannot be asked: then nothing is known
      return Optional.empty();
    }
  }
}
