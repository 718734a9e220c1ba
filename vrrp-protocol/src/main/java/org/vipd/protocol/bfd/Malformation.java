package org.vipd.protocol.bfd;

import java.util.Locale;

/**
 * Why a packet is thrown away unread, in the order of the checks (RFC 5880 section 6.8.6). The name
 * is that of the counter, too.
 */
public enum Malformation {
  TOO_SHORT("shorter than 24 octets"),
  BAD_VERSION("not version 1"),
  BAD_LENGTH("its length field does not fit"),
  ZERO_MULTIPLIER("multiplier 0"),
  MULTIPOINT("for multipoint sessions"),
  POLL_AND_FINAL("poll and final together"),
  ZERO_DISCRIMINATOR("discriminator 0"),
  LOST_DISCRIMINATOR("neither down nor with our discriminator"),
  AUTHENTICATED("with authentication, which is not used here");

  private final String words;

  Malformation(String words) {
    this.words = words;
  }

  /** What is wrong, for operators. */
  public String words() {
    return words;
  }

  /** Its name as a counter: {@code bad-version}. */
  public String counter() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
