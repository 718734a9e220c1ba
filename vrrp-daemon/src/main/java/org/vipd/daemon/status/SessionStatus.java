package org.vipd.daemon.status;

import java.util.Map;

/**
 * A snapshot of a BFD session, at most a second old.
 *
 * @param name the operator's name
 * @param neighbour address of the other side
 * @param state {@code down}, {@code init} or {@code up}
 * @param secondsInState how long it has been in the state
 * @param reason why it is not up; empty when it is
 * @param neighbourState the state that the neighbour said last
 * @param transmitMillis longest time between two packets sent; 0 when the neighbour wants none
 * @param detectionMillis after how long without a packet it is down; 0 while none was heard
 * @param counters packets, and how often it came up
 */
public record SessionStatus(
    String name,
    String neighbour,
    String state,
    double secondsInState,
    String reason,
    String neighbourState,
    double transmitMillis,
    double detectionMillis,
    Map<String, Long> counters) {}
