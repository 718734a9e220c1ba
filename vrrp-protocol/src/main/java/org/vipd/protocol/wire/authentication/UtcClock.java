package org.vipd.protocol.wire.authentication;

/** Time of day, which only the HMAC trailer needs. */
@FunctionalInterface
public interface UtcClock {
  /** Nanoseconds since 1970-01-01T00:00:00Z, 0 or more. */
  long nanos();
}
