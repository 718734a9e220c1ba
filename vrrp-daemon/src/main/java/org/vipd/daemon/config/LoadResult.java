package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;

/**
 * What reading a configuration gave.
 *
 * @param config the model; empty when a problem is an error
 * @param problems everything found, by place
 */
public record LoadResult(Optional<DaemonConfig> config, List<ConfigProblem> problems) {

  public LoadResult {
    problems = List.copyOf(problems);
  }

  /** A result without a model, for a file that could not be read. */
  public static LoadResult failed(List<ConfigProblem> problems) {
    return new LoadResult(Optional.empty(), problems);
  }
}
