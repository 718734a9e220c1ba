package org.vipd.daemon.it;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that asks an address twenty times a second whether it is there. */
final class PingingClient {

  private static final Pattern ANSWER =
      Pattern.compile("(?m)^\\[(\\d+)\\.(\\d{6})\\] .*bytes from");

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;

  private final Launched ping;

  private PingingClient(Launched ping) {
    this.ping = ping;
  }

  static PingingClient start(Host host, String address) {
    List<String> command = List.of("ping", "-D", "-n", "-i", "0.05", address);
    return new PingingClient(host.start("ping", command, Map.of()));
  }

  /**
   * The longest time without an answer that begins or ends in a time span; from the last answer
   * before it, so that what a client has waited at its beginning counts.
   */
  long longestOutage(Holding span) {
    long longest = 0;
    long last = span.fromNanos();
    Matcher answer = ANSWER.matcher(ping.output());
    while (answer.find()) {
      long nanos =
          Long.parseLong(answer.group(1)) * NANOS_PER_SECOND
              + Long.parseLong(answer.group(2)) * NANOS_PER_MICRO;
      if (nanos > span.toNanos()) {
        break;
      }
      if (nanos > span.fromNanos()) {
        longest = Math.max(longest, nanos - last);
      }
      last = nanos;
    }
    return Math.max(longest, span.toNanos() - Math.max(last, span.fromNanos()));
  }
}
