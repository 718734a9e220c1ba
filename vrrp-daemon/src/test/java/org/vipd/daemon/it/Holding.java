package org.vipd.daemon.it;

import java.util.ArrayList;
import java.util.List;

/**
 * When a host had an address.
 *
 * @param fromNanos first moment
 * @param toNanos first moment after it; {@link Long#MAX_VALUE} while it has it
 */
record Holding(long fromNanos, long toNanos) {

  /** A time span. */
  static Holding between(long fromNanos, long toNanos) {
    return new Holding(fromNanos, toNanos);
  }

  /** The longest time within a span during which both hosts had the address without a break. */
  static long longestTogether(List<Holding> one, List<Holding> other, Holding span) {
    long longest = 0;
    for (Holding first : one) {
      for (Holding second : other) {
        long from = Math.max(span.fromNanos, Math.max(first.fromNanos, second.fromNanos));
        long to = Math.min(span.toNanos, Math.min(first.toNanos, second.toNanos));
        longest = Math.max(longest, to - from);
      }
    }
    return longest;
  }

  /** The longest time within a span during which neither host had the address. */
  static long longestWithout(List<Holding> one, List<Holding> other, Holding span) {
    List<Holding> all = new ArrayList<>(one);
    all.addAll(other);
    all.sort(java.util.Comparator.comparingLong(Holding::fromNanos));
    long coveredTo = span.fromNanos;
    long longest = 0;
    for (Holding holding : all) {
      if (holding.fromNanos >= span.toNanos) {
        break;
      }
      longest = Math.max(longest, holding.fromNanos - coveredTo);
      coveredTo = Math.max(coveredTo, holding.toNanos);
    }
    return Math.max(longest, span.toNanos - Math.min(coveredTo, span.toNanos));
  }
}
