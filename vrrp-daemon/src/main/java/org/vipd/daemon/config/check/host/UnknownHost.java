package org.vipd.daemon.config.check.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.Account;

/** A host of which nothing is known, so that nothing of a configuration can be held against it. */
public final class UnknownHost implements HostView {

  @Override
  public boolean hasInterface(String name) {
    return true;
  }

  @Override
  public List<String> interfaces() {
    return List.of();
  }

  @Override
  public Optional<String> program(String word) {
    return Optional.empty();
  }

  @Override
  public Optional<String> obstacle(String word, Optional<Account> account) {
    return Optional.empty();
  }

  @Override
  public boolean hasUser(String name) {
    return true;
  }

  @Override
  public List<Network> networks(String interfaceName) {
    return List.of();
  }

  @Override
  public OptionalInt mtu(String interfaceName) {
    return OptionalInt.empty();
  }
}
