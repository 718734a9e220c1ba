package org.vipd.daemon.port;

/**
 * Remembers the last sequence number of each signed router over restarts. Never blocks the caller.
 */
public interface SequenceStore {

  /**
   * A number that is larger than any that was sent under this key, by this process or an earlier
   * one; 0 when there is none.
   *
   * @param key name of the virtual router
   * @param margin more than can have been sent between the last writing and the end of the earlier
   *     process
   */
  long load(String key, long margin);

  /** Takes the last number sent. */
  void save(String key, long sequence);
}
