package org.vipd.protocol.machine;

/**
 * No advertisement has been heard.
 *
 * @param sinceNanos monotonic time at which listening began
 */
public record Silence(long sinceNanos) implements LastHeard {}
