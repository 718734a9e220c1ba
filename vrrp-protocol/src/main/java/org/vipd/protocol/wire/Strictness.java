package org.vipd.protocol.wire;

/**
 * Checks that only drop packets when asked to, because common routers fail them.
 *
 * @param requiresSameAddresses drop when the addresses are not ours, unless from an owner
 * @param requiresLinkLocalFirst drop IPv6 messages whose first address is not link-local
 */
public record Strictness(boolean requiresSameAddresses, boolean requiresLinkLocalFirst) {
  /** Count and log, but accept. */
  public static final Strictness LENIENT = new Strictness(false, false);

  /** Drop on any fault. */
  public static final Strictness STRICT = new Strictness(true, true);
}
