package org.vipd.daemon.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.yaml.LocalSurroundings;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.vip.Surroundings;
import org.vipd.protocol.value.AddressFamily;

/**
 * This host, for checking what other hosts will run: an interface that cannot be found here is no
 * mistake, it stays {@code auto}.
 */
final class DeskSurroundings implements Surroundings {

  private final Surroundings host = new LocalSurroundings();

  @Override
  public String hostName() {
    return host.hostName();
  }

  @Override
  public Map<String, List<Prefix>> networks() {
    return host.networks();
  }

  @Override
  public Optional<String> defaultInterface(AddressFamily family) {
    return host.defaultInterface(family).or(() -> Optional.of("auto"));
  }
}
