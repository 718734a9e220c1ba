package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.check.host.FileView;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.protocol.value.IpAddress;

/** A host with eth0 10.0.0.2/24 and MTU 1500, user root, table uplink, and a few programs. */
public final class FixedHost implements HostView {

  private static final Set<String> PROGRAMS = Set.of("true", "/bin/true", "/bin/sh", "/bin/grep");

  /** No folder has the name none; what is below /opt/open anybody may write. */
  private static final FileView FILES =
      new FileView() {
        @Override
        public Optional<Fault> pipe(String path, Optional<Account> owner) {
          return path.startsWith("/run/none/")
              ? Optional.of(
                  new Fault(
                      "the folder /run/none does not exist",
                      "the path is right up to /run; correct the path, or run: mkdir -p /run/none;"
                          + " what is under /run is gone after a restart of the machine"
                          + " (tmpfiles.d(5))"))
              : Optional.empty();
        }

        @Override
        public Optional<Fault> readable(String path, Content content) {
          int none = path.indexOf("/none/");
          return none < 0
              ? Optional.empty()
              : Optional.of(new Fault(path + " does not exist", programHint(path)));
        }

        @Override
        public Optional<String> weakness(String path) {
          return path.startsWith("/opt/open/")
              ? Optional.of(
                  "/opt/open can be changed by others than root: owner root, group root, mode 0777"
                      + " (rwxrwxrwx); run: chmod go-w /opt/open")
              : Optional.empty();
        }

        @Override
        public String programHint(String path) {
          int none = path.indexOf("/none/");
          return none < 0 ? "" : "the path is right up to " + path.substring(0, none);
        }
      };

  private final List<Network> networks = new ArrayList<>();

  /** The host with further addresses on eth0. */
  public FixedHost(Network... others) {
    networks.add(new Network(IpAddress.parse("10.0.0.2").orElseThrow(), 24));
    networks.addAll(List.of(others));
  }

  @Override
  public boolean hasInterface(String name) {
    return name.equals("eth0");
  }

  @Override
  public List<String> interfaces() {
    return List.of("eth0");
  }

  @Override
  public Optional<String> program(String word) {
    return PROGRAMS.contains(word) ? Optional.of(word) : Optional.empty();
  }

  @Override
  public Optional<String> obstacle(String word, Optional<Account> account) {
    return program(word).isPresent() ? Optional.empty() : Optional.of(word + " does not exist");
  }

  @Override
  public FileView files() {
    return FILES;
  }

  @Override
  public boolean hasUser(String name) {
    return name.equals("root");
  }

  @Override
  public List<Network> networks(String interfaceName) {
    return hasInterface(interfaceName) ? List.copyOf(networks) : List.of();
  }

  @Override
  public boolean hasTable(String table) {
    return tables().contains(table) || table.matches("[0-9]+");
  }

  @Override
  public Set<String> tables() {
    return Set.of("main", "local", "default", "uplink");
  }

  @Override
  public OptionalInt mtu(String interfaceName) {
    return hasInterface(interfaceName) ? OptionalInt.of(1500) : OptionalInt.empty();
  }
}
