package org.vipd.daemon.runtime;

import java.util.List;
import org.vipd.daemon.config.DaemonConfig;

/**
 * The configuration the daemon starts with.
 *
 * @param file where it was read from
 * @param programVersion version of the program, for status
 * @param config the model
 * @param problems warnings found in it, as text
 */
public record Loaded(
    String file, String programVersion, DaemonConfig config, List<String> problems) {

  public Loaded {
    problems = List.copyOf(problems);
  }
}
