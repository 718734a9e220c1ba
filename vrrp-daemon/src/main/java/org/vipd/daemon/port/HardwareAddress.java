package org.vipd.daemon.port;

import java.util.Locale;

/**
 * The link-layer address of a host.
 *
 * @param bits 48 bits
 */
public record HardwareAddress(long bits) {

  private static final int OCTETS = 6;

  /** The usual text, for example {@code 00:00:5e:00:01:33}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = OCTETS - 1; i >= 0; i--) {
      text.append(String.format(Locale.ROOT, "%02x", bits >>> (Byte.SIZE * i) & 0xFF));
      text.append(i == 0 ? "" : ":");
    }
    return text.toString();
  }
}
