package org.vipd.protocol.wire;

/** A fault of an accepted advertisement that is worth a counter and a rate-limited log line. */
public enum Notice {
  /** Version 3: the sender advertises at another interval than ours (RFC 9568 section 7.1). */
  INTERVAL_MISMATCH(1, "interval-errors", "advertisement interval differs from ours"),
  /** The sender's list of addresses is not ours (RFC 9568 section 7.1). */
  ADDRESS_LIST_MISMATCH(2, "address-list-errors", "virtual addresses differ from ours"),
  /** IPv6: the first address is not link-local (RFC 9568 section 5.2.9). */
  FIRST_ADDRESS_NOT_LINK_LOCAL(4, "address-list-errors", "first IPv6 address is not link-local"),
  /** Version 2 message without addresses: RFC 3768 states no minimum. */
  NO_ADDRESSES(8, "address-list-errors", "no address in the message"),
  /** No HMAC trailer while the mode allows that. */
  UNSIGNED(16, "auth-ext-missing", "no authentication trailer; accepted by mode"),
  /** The sender's clock is away from ours by more than half the allowed window. */
  CLOCK_SKEW(32, "auth-ext-skew", "sender's clock is off by more than half of the time window");

  private final int bit;
  private final String metricName;
  private final String text;

  Notice(int bit, String metricName, String text) {
    this.bit = bit;
    this.metricName = metricName;
    this.text = text;
  }

  /** Name of the counter; several notices may share one. */
  public String metricName() {
    return metricName;
  }

  /** The finding in words. */
  public String text() {
    return text;
  }

  int bit() {
    return bit;
  }
}
