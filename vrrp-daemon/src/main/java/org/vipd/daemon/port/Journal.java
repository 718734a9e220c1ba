package org.vipd.daemon.port;

import org.vipd.daemon.config.ConfigProblem;

/**
 * Where messages for the operator go. Never blocks the caller; what does not fit is counted and
 * said later.
 */
public interface Journal {

  /** Something an operator would explain an outage with. */
  void info(String message);

  /** Something an operator should change. */
  void warn(String message);

  /** Something that keeps the daemon from doing its work. */
  void error(String message);

  /** Detail for tracing. */
  void debug(String message);

  /** What was found in a configuration, by how bad it is. */
  default void problem(ConfigProblem problem) {
    switch (problem.severity()) {
      case ERROR -> error(problem.toString());
      case WARNING -> warn(problem.toString());
      default -> info(problem.toString());
    }
  }
}
