package org.vipd.daemon.port;

/**
 * An interface as it is now.
 *
 * @param index kernel's number, above 0
 * @param name kernel's name
 * @param mac hardware address in the low 48 bits; 0 when it has none
 * @param isUp administratively up and with carrier (IFF_UP and IFF_RUNNING, linux/if.h)
 * @param mtu largest packet in bytes
 * @param deviceAbove {@code bridge}, {@code bond} or {@code team} when it is a port of one: what
 *     arrives is that device's and never gets to sockets of this interface; else empty
 */
public record LinkState(
    int index, String name, long mac, boolean isUp, int mtu, String deviceAbove) {

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof LinkState that
        && index == that.index
        && mac == that.mac
        && isUp == that.isUp
        && mtu == that.mtu
        && deviceAbove.equals(that.deviceAbove)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + index;
  }
}
