package org.vipd.protocol.wire.authentication;

import java.util.List;
import java.util.Optional;

/**
 * Settings of keepalived's {@code auth_hmac} block.
 *
 * @param keys all keys that are accepted, 1 or more with different numbers
 * @param activeKeyId number of the key that signs
 * @param antiReplay how old packets are told from new ones
 * @param windowSeconds greatest difference of clocks, 1 to 300
 * @param mode what happens without a trailer
 */
public record HmacSettings(
    List<HmacKey> keys, int activeKeyId, AntiReplay antiReplay, int windowSeconds, Mode mode) {

  /** How old packets are told from new ones. */
  public enum AntiReplay {
    /** Newer than the last, and near our time of day. */
    TIME,
    /** Newer than the last; clocks need not agree. */
    MONOTONIC
  }

  /** What happens without a trailer. */
  public enum Mode {
    /** Packets without a trailer are dropped. */
    ENFORCE,
    /** Packets without a trailer are accepted, ours have one. */
    PERMISSIVE,
    /** Packets without a trailer are accepted, ours have none either. */
    RECEIVE_ONLY
  }

  /** Copies the keys; refuses a window outside 1 to 300 and an active key that is not there. */
  public HmacSettings {
    keys = List.copyOf(keys);
    if (windowSeconds < 1 || windowSeconds > 300) {
      throw new IllegalArgumentException(
          "time window must be 1..300 seconds, got " + windowSeconds);
    }
    if (keys.stream().map(HmacKey::id).distinct().count() != keys.size()) {
      throw new IllegalArgumentException("HMAC key numbers must differ, got " + keys);
    }
    if (find(keys, activeKeyId).isEmpty()) {
      throw new IllegalArgumentException(
          "active HMAC key " + activeKeyId + " is not among the keys " + keys);
    }
  }

  /** The window when none is configured: three intervals, at least 5 s, at most 300 s. */
  public static int defaultWindowSeconds(long intervalNanos) {
    long seconds = Math.floorDiv(3 * intervalNanos + 999_999_999L, 1_000_000_000L);
    return (int) Math.min(300, Math.max(5, seconds));
  }

  /** The key with this number. */
  public Optional<HmacKey> key(int id) {
    return find(keys, id);
  }

  private static Optional<HmacKey> find(List<HmacKey> keys, int id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }
}
