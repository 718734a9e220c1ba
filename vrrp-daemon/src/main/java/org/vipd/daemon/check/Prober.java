package org.vipd.daemon.check;

import java.io.IOException;
import java.time.Duration;

/** Asks once. Must come back within the timeout or soon after. */
interface Prober {

  /**
   * Asks.
   *
   * @return what was found, when all is well
   * @throws IOException with what was found instead, and what was expected
   */
  String probe(Duration timeout) throws IOException;

  /** How long the first probe may take, where a later one may take some time. */
  default Duration atFirst(Duration timeout) {
    return timeout;
  }

  /**
   * What is known of a probe that has not come back in time; called by another thread.
   *
   * @return empty when nothing is
   */
  default String soFar() {
    return "";
  }

  /** Ends a probe that goes on after its time; called by another thread. */
  default void abort() {
    // most end by themselves
  }
}
