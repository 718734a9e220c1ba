package org.vipd.daemon.cli;

import java.util.stream.Collectors;
import org.vipd.daemon.status.SessionStatus;

/** One line about a BFD session. */
final class SessionText {

  private SessionText() {}

  static String of(SessionStatus session) {
    String counters =
        session.counters().entrySet().stream()
            .map(it -> it.getKey() + " " + it.getValue())
            .collect(Collectors.joining(", "));
    return session.name()
        + " is "
        + session.state()
        + " for "
        + session.secondsInState()
        + " s, neighbour "
        + session.neighbour()
        + " says "
        + session.neighbourState()
        + (session.reason().isEmpty() ? "" : "; " + session.reason())
        + "; sends every "
        + session.transmitMillis()
        + " ms, lost after "
        + session.detectionMillis()
        + " ms without a packet; "
        + counters;
  }
}
