package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;

/**
 * What reading a configuration gave.
 *
 * @param config the model; empty when a problem is an error
 * @param problems everything found, by place
 * @param hash of the files that were read
 */
public record LoadResult(
    Optional<DaemonConfig> config, List<ConfigProblem> problems, ConfigHash hash) {

  public LoadResult {
    problems = List.copyOf(problems);
  }

  /** What was not read from a file. */
  public LoadResult(Optional<DaemonConfig> config, List<ConfigProblem> problems) {
    this(config, problems, new ConfigHash());
  }

  /** The same, with the model as the daemon works with it. */
  public LoadResult withImpliedDevices() {
    return new LoadResult(config.map(DaemonConfig::withImpliedDevices), problems, hash);
  }

  /** A result without a model, for a file that could not be read. */
  public static LoadResult failed(List<ConfigProblem> problems) {
    return new LoadResult(Optional.empty(), problems);
  }
}
