package org.vipd.daemon.config.file;

import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.YamlOptions;

/**
 * What a configuration may refer to beside its own text.
 *
 * @param keepalived for keepalived's language
 * @param yaml for the native one
 */
public record ReadOptions(SourceOptions keepalived, YamlOptions yaml) {

  /** This host and the process environment. */
  public static ReadOptions ofHost() {
    return new ReadOptions(SourceOptions.ofHost(), YamlOptions.ofHost());
  }

  /** The same, read as another node of a file that lists them. */
  public ReadOptions as(String node) {
    return new ReadOptions(keepalived, yaml.as(node));
  }
}
