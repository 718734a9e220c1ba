package org.vipd.daemon.port;

/** The service manager that started the daemon, if any (sd_notify(3)). */
public interface ServicePort {

  /** The sockets are open and the instances run or say what they wait for. */
  void ready(String status);

  void reloading();

  void stopping();

  /** A sign of life from the loop thread. */
  void alive();

  /**
   * How often a sign of life is due, in nanoseconds; {@link Long#MAX_VALUE} when nobody waits for
   * it.
   */
  long aliveIntervalNanos();
}
