package org.vipd.daemon.config.yaml;

import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.yaml.vip.Surroundings;

/**
 * What a configuration may refer to beside its own text.
 *
 * @param host the node it is read on
 * @param environment variables that secrets may come from
 * @param node name or address of the node to read as; empty for the one it is read on
 */
public record YamlOptions(
    Surroundings host, Map<String, String> environment, Optional<String> node) {

  public YamlOptions {
    environment = Map.copyOf(environment);
  }

  /** This host and the process environment. */
  public static YamlOptions ofHost() {
    return new YamlOptions(new LocalSurroundings(), System.getenv(), Optional.empty());
  }

  /** The same, read as another node. */
  public YamlOptions as(String name) {
    return new YamlOptions(host, environment, Optional.of(name));
  }
}
