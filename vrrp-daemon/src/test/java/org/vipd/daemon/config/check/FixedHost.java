package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.protocol.value.IpAddress;

/** A host with eth0 10.0.0.2/24 and MTU 1500, user root, table uplink, and a few programs. */
public final class FixedHost implements HostView {

  private static final Set<String> PROGRAMS = Set.of("true", "/bin/true", "/bin/sh", "/bin/grep");

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
