package org.vipd.daemon.port;

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
}
