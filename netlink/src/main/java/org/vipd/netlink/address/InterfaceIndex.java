package org.vipd.netlink.address;

/**
 * The kernel's number of a network interface; a new interface of the same name gets another one.
 *
 * @param value 1 or more
 */
public record InterfaceIndex(int value) {

  /** Checks the range. */
  public InterfaceIndex {
    if (value < 1) {
      throw new IllegalArgumentException("interface index " + value + ": must be 1 or more");
    }
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof InterfaceIndex that && value == that.value);
  }

  @Override
  public int hashCode() {
    return value;
  }
}
