package org.vipd.daemon.runtime;

import java.util.EnumMap;

/** A counter per constant of an enum. Counting allocates nothing. */
final class EnumCounts<E extends Enum<E>> {

  private final EnumMap<E, long[]> counts;

  EnumCounts(Class<E> type) {
    counts = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counts.put(constant, new long[1]);
    }
  }

  void add(E constant, long amount) {
    counts.get(constant)[0] += amount;
  }

  long get(E constant) {
    return counts.get(constant)[0];
  }
}
