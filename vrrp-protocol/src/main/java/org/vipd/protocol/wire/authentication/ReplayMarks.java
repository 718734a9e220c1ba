package org.vipd.protocol.wire.authentication;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vipd.protocol.value.IpAddress;

/**
 * The newest sequence accepted from each sender; the sender unheard for longest is forgotten first.
 * Mutable; owned by one thread.
 */
public final class ReplayMarks {
  /** Senders remembered in multicast, as keepalived does. */
  public static final int MULTICAST_CAPACITY = 4;

  private final int capacity;
  private final Map<IpAddress, Long> marks = new LinkedHashMap<>();

  /**
   * No marks yet.
   *
   * @param capacity senders remembered, 1 or more
   */
  public ReplayMarks(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("replay marks need room for 1 sender, got " + capacity);
    }
    this.capacity = capacity;
  }

  /**
   * The same marks with room for another number of senders; those heard last are kept.
   *
   * @param other senders remembered, 1 or more
   */
  public ReplayMarks withCapacity(int other) {
    ReplayMarks copy = new ReplayMarks(other);
    marks.forEach(copy::accept);
    return copy;
  }

  /** Senders remembered. */
  public int capacity() {
    return capacity;
  }

  /** The newest accepted sequence of a sender. */
  public Optional<Long> of(IpAddress source) {
    return Optional.ofNullable(marks.get(source));
  }

  /** Remembers an accepted sequence. */
  public void accept(IpAddress source, long sequence) {
    marks.remove(source);
    if (marks.size() >= capacity) {
      marks.remove(marks.keySet().iterator().next());
    }
    marks.put(source, sequence);
  }
}
