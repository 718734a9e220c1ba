package org.vipd.daemon.port;

/** The one place where the loop thread waits. */
public interface NetworkPort {

  /**
   * Waits until the deadline, a wake-up, or something to read, then delivers all that arrived on
   * the calling thread: packets to the receivers of their channels, link and address changes to the
   * listener.
   *
   * @param deadlineNanos time of the {@link NanoClock}; {@link Long#MAX_VALUE} waits without limit
   */
  void await(long deadlineNanos, LinkListener listener);

  /**
   * What made the last {@link #await} return late, as far as the operating system knows, in words
   * for operators; empty when it knows nothing.
   */
  String delayCause(long lateNanos);

  /** Ends a current or the next {@link #await}; may be called from any thread. */
  void wakeUp();
}
