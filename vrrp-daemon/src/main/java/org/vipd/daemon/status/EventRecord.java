package org.vipd.daemon.status;

import java.util.List;

/**
 * An event of the history.
 *
 * @param number one more than that of the event before, also over restarts
 * @param at when, ISO 8601 with zone
 * @param kind {@code state}, {@code priority} or {@code rival}
 * @param type {@code INSTANCE} or {@code GROUP}
 * @param name the operator's name for it
 * @param before state before
 * @param state state after
 * @param priority effective priority, 0 for a group
 * @param causes why, the nearest cause first
 */
public record EventRecord(
    long number,
    String at,
    String kind,
    String type,
    String name,
    String before,
    String state,
    int priority,
    List<CauseRecord> causes) {

  /**
   * One link of the chain of causes.
   *
   * @param kind {@code check}, {@code advertisement}, {@code silence}, {@code link}, ...
   * @param text in words
   */
  public record CauseRecord(String kind, String text) {}
}
