package org.vipd.daemon.bfd;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts the packets of a session, and how often it came up. */
final class SessionCounters {

  static final String SENT = "sent";
  static final String RECEIVED = "received";
  static final String SEND_FAILURES = "send-failures";
  static final String HOP_LIMIT = "hop-limit";
  static final String UPS = "ups";

  private final Map<String, Long> values = new TreeMap<>();

  /** Adds one and answers the sum. */
  long count(String name) {
    return values.merge(name, 1L, Long::sum);
  }

  long of(String name) {
    return values.getOrDefault(name, 0L);
  }

  Map<String, Long> toMap() {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
