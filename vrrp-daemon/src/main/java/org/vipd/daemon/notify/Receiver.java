package org.vipd.daemon.notify;

import org.vipd.daemon.event.Notice;

/** Somebody who is told. Used by one thread. */
interface Receiver extends AutoCloseable {

  /** Who it is, for messages and status. */
  String name();

  /** Takes note of what it is told of from now on; its identity is the same. */
  default void configure(Receivers.Spec spec) {
    // most are told of everything
  }

  /** Whether it wants to hear of this; may be called from any thread. */
  boolean wants(Notice notice);

  /** Called once before anything is delivered. */
  default void prepare() throws DeliveryException {
    // most have nothing to prepare
  }

  /** How often and how soon it is tried again. */
  default Retry retry() {
    return Retry.REMOTE;
  }

  /**
   * Tells it.
   *
   * @throws DeliveryException when it could not be told; it is tried again
   */
  void deliver(Notice notice) throws DeliveryException;

  @Override
  default void close() {
    // most hold nothing
  }

  /**
   * When a failed delivery is tried again: each pause is twice the one before.
   *
   * @param firstPauseNanos after the first failure
   * @param longestPauseNanos the pauses do not grow beyond
   * @param tries after which a notice is given up
   * @param concernsAll whether a failure is one of the receiver, so that nothing else is tried
   *     either and all it is told stays in order; else other instances go on
   */
  record Retry(long firstPauseNanos, long longestPauseNanos, int tries, boolean concernsAll) {

    /** Somebody over the network: from a second to a minute, for a quarter of an hour. */
    static final Retry REMOTE = new Retry(1_000_000_000L, 60_000_000_000L, 20, false);

    /**
     * Somebody on this machine, for ever: a try costs nothing, and what is full is full for all.
     */
    static final Retry LOCAL = new Retry(50_000_000L, 1_000_000_000L, Integer.MAX_VALUE, true);
  }
}
