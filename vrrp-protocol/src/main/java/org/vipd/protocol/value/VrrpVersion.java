package org.vipd.protocol.value;

/** The version of the protocol that a virtual router speaks; there is no negotiation. */
public enum VrrpVersion {
  /** RFC 3768 and RFC 2338: IPv4 only, whole seconds, 8 bytes of authentication data. */
  V2(2, 25_500),
  /** RFC 5798 and RFC 9568: IPv4 and IPv6, centiseconds, no authentication. */
  V3(3, 4_095);

  private final int number;
  private final int maximumCentiseconds;

  VrrpVersion(int number, int maximumCentiseconds) {
    this.number = number;
    this.maximumCentiseconds = maximumCentiseconds;
  }

  /** The number in the upper four bits of the first message byte. */
  public int number() {
    return number;
  }

  /** The longest advertisement interval that the message can carry, in centiseconds. */
  public int maximumCentiseconds() {
    return maximumCentiseconds;
  }

  /**
   * True when a message of this version can carry the interval unchanged: version 2 needs whole
   * seconds (1 to 255), version 3 takes 1 to 4095 centiseconds.
   */
  public boolean carries(AdvertInterval interval) {
    return interval.centiseconds() <= maximumCentiseconds
        && (this == V3 || interval.centiseconds() % 100 == 0);
  }
}
