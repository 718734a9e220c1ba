package org.vipd.daemon.config.check.host;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.account.AccountFile;
import org.vipd.protocol.value.IpAddress;

/** The host that this program runs on. What it has answered once it does not look up again. */
public final class LocalHost implements HostView {

  /** Lists what Java does not: interfaces without addresses (proc_pid_net(5)). */
  private static final Path DEVICES = Path.of("/proc/self/net/dev");

  private static final int DEVICES_HEADER = 2;
  private static final String LOOPBACK = "lo";

  private final List<Path> searchPath;
  private final FileView files;
  private final Map<Account, Optional<UserIdentity>> users = new HashMap<>();
  private final Map<List<Object>, Optional<String>> obstacles = new HashMap<>();
  private final Map<String, List<Network>> networks = new HashMap<>();
  private final Map<String, Optional<NetworkInterface>> found = new HashMap<>();
  private final Map<String, Optional<String>> programs = new HashMap<>();
  private final TableNames tables = TableNames.ofHost();
  private final Set<String> interfaces = findInterfaces();

  /**
   * A view that looks for bare program names in some directories.
   *
   * @param searchPath directories separated by colons
   */
  public LocalHost(String searchPath) {
    this.searchPath = Stream.of(searchPath.split(":", -1)).map(Path::of).toList();
    this.files = new LocalFiles(this.searchPath);
  }

  @Override
  public FileView files() {
    return files;
  }

  @Override
  public boolean hasInterface(String name) {
    return interfaces.contains(name) || find(name).isPresent();
  }

  @Override
  public List<String> interfaces() {
    return interfaces.stream().filter(it -> !it.equals(LOOPBACK)).toList();
  }

  private static Set<String> findInterfaces() {
    try (Stream<String> lines = Files.lines(DEVICES, StandardCharsets.ISO_8859_1)) {
      return lines
          .skip(DEVICES_HEADER)
          .filter(line -> line.indexOf(':') > 0)
          .map(line -> line.substring(0, line.lastIndexOf(':')).strip())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      // no /proc: then those that Java finds are all that is known
      return Set.of();
    }
  }

  @Override
  public Optional<String> program(String word) {
    if (word.indexOf('/') >= 0) {
      return obstacle(word, Optional.empty()).isEmpty() ? Optional.of(word) : Optional.empty();
    }
    return programs.computeIfAbsent(word, this::findProgram);
  }

  private Optional<String> findProgram(String word) {
    return searchPath.stream()
        .map(directory -> directory.resolve(word))
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .map(Path::toString)
        .findFirst();
  }

  @Override
  public Optional<String> obstacle(String word, Optional<Account> account) {
    Optional<UserIdentity> user =
        account.isEmpty()
            ? Optional.of(UserIdentity.ROOT)
            : users.computeIfAbsent(account.get(), UserIdentity::of);
    if (user.isEmpty()) {
      return account.flatMap(LocalHost::missingGroup);
    }
    return user.flatMap(
        it -> obstacles.computeIfAbsent(List.of(word, it), key -> findObstacle(word, it)));
  }

  @Override
  public Optional<String> objection(String word) {
    return program(word).flatMap(it -> new ScriptGuard().objection(Path.of(it)));
  }

  /** Whether it is the group for which nobody is found; a user that is not there is told apart. */
  private static Optional<String> missingGroup(Account account) {
    boolean isMissing =
        account.group().isPresent() && !UserIdentity.hasGroup(account.group().get());
    return isMissing
        ? Optional.of("group " + account.group().get() + " does not exist")
        : Optional.empty();
  }

  private Optional<String> findObstacle(String word, UserIdentity user) {
    Optional<String> program = word.indexOf('/') < 0 ? program(word) : Optional.of(word);
    return program.isEmpty()
        ? Optional.of("no directory of PATH has a program " + word)
        : new ProgramAccess(user)
            .obstacle(Path.of(program.get()))
            .or(() -> missingByEnv(Path.of(program.get())));
  }

  /** That env(1) will not find the interpreter of a script. */
  private Optional<String> missingByEnv(Path script) {
    return ProgramFile.wantedOfEnv(script)
        .filter(it -> program(it).isEmpty())
        .map(
            it ->
                ProgramFile.text(
                    script,
                    "asks env for the interpreter " + it + ", which no directory of PATH has",
                    it));
  }

  @Override
  public boolean hasUser(String name) {
    // no readable passwd: then nothing is known against the user
    return AccountFile.isNumber(name) || AccountFile.USERS.hasName(name).orElse(true);
  }

  @Override
  public List<Network> networks(String interfaceName) {
    return networks.computeIfAbsent(interfaceName, this::findNetworks);
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

  @Override
  public boolean hasTable(String table) {
    return tables.number(table).isPresent();
  }

  @Override
  public Set<String> tables() {
    return tables.names();
  }

  private List<Network> findNetworks(String interfaceName) {
    return find(interfaceName).stream()
        .flatMap(it -> it.getInterfaceAddresses().stream())
        .map(LocalHost::network)
        .toList();
  }

  private static Network network(InterfaceAddress address) {
    return new Network(
        IpAddress.of(address.getAddress().getAddress()), address.getNetworkPrefixLength());
  }

  private Optional<NetworkInterface> find(String name) {
    return found.computeIfAbsent(name, LocalHost::lookUp);
  }

  private static Optional<NetworkInterface> lookUp(String name) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(name));
    } catch (SocketException e) {
      // cannot be asked: then nothing is known
      return Optional.empty();
    }
  }
}
