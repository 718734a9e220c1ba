package org.vipd.daemon.status;

import java.util.List;

/**
 * An event of the history.
 *
 * @param number one more than that of the event before, also over restarts
 * @param at when, ISO 8601 with zone
 * @param kind {@code state}, {@code priority}, {@code rival}, {@code stranger} or {@code stall}
 * @param type {@code INSTANCE}, {@code GROUP} or {@code DAEMON}
 * @param name the operator's name for it; {@code vipd} for the daemon
 * @param before state before; empty for the daemon
 * @param state state after; empty for the daemon
 * @param priority effective priority, 0 for a group and for the daemon
 * @param lateSeconds how late the loop woke up; 0 unless the kind is {@code stall}
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
    double lateSeconds,
    List<CauseRecord> causes) {

  /**
   * One link of the chain of causes.
   *
   * @param kind {@code check}, {@code advertisement}, {@code silence}, {@code link}, ...
   * @param text in words
   */
  public record CauseRecord(String kind, String text) {}
}
