package org.vipd.protocol.value;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/** Virtual addresses of one router, in order, packed as they are sent. Immutable. */
public final class AddressList {
  /** The most addresses that the count byte of a message can name. */
  public static final int MAXIMUM_SIZE = 255;

  private final AddressFamily family;
  private final byte[] packed;

  private AddressList(AddressFamily family, byte[] packed) {
    this.family = family;
    this.packed = packed;
  }

  /** The addresses in order; refuses more than 255 and addresses of the other family. */
  public static AddressList of(AddressFamily family, List<IpAddress> addresses) {
    if (addresses.size() > MAXIMUM_SIZE) {
      throw new IllegalArgumentException(
          "an advertisement carries at most 255 addresses, got " + addresses.size());
    }
    ByteBuffer buffer = ByteBuffer.allocate(addresses.size() * family.addressLength());
    for (IpAddress address : addresses) {
      if (address.family() != family) {
        throw new IllegalArgumentException("expected an " + family + " address, got " + address);
      }
      address.writeTo(buffer);
    }
    return new AddressList(family, buffer.array());
  }

  /** A list without addresses. */
  public static AddressList empty(AddressFamily family) {
    return new AddressList(family, new byte[0]);
  }

  /**
   * Copies addresses out of a message; the caller has checked that they are inside the buffer.
   *
   * @param offset absolute offset of the first address
   * @param count number of addresses, 0 to 255
   */
  public static AddressList read(AddressFamily family, ByteBuffer buffer, int offset, int count) {
    byte[] packed = new byte[count * family.addressLength()];
    buffer.get(offset, packed);
    return new AddressList(family, packed);
  }

  /** Family of every address. */
  public AddressFamily family() {
    return family;
  }

  /** Number of addresses, 0 to 255. */
  public int size() {
    return packed.length / family.addressLength();
  }

  /** True when there is no address. */
  public boolean isEmpty() {
    return packed.length == 0;
  }

  /** The address at an index from 0. */
  public IpAddress get(int index) {
    return IpAddress.read(family, ByteBuffer.wrap(packed), index * family.addressLength());
  }

  /** The addresses as objects. */
  public List<IpAddress> asList() {
    List<IpAddress> addresses = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      addresses.add(get(i));
    }
    return Collections.unmodifiableList(addresses);
  }

  /** Writes all addresses at the position of the buffer. */
  public void writeTo(ByteBuffer buffer) {
    buffer.put(packed);
  }

  /** True when exactly these addresses, in this order, stand in the buffer at the offset. */
  public boolean standsIn(ByteBuffer buffer, int offset, int count) {
    if (count * family.addressLength() != packed.length) {
      return false;
    }
    for (int i = 0; i < packed.length; i++) {
      if (buffer.get(offset + i) != packed[i]) {
        return false;
      }
    }
    return true;
  }

  /** True when both hold the same addresses, in any order. */
  public boolean sameMembersAs(AddressList other) {
    return equals(other)
        || (family == other.family
            && size() == other.size()
            && new HashSet<>(asList()).equals(new HashSet<>(other.asList())));
  }

  /**
   * The same addresses with the first link-local one in front (RFC 9568 section 5.2.9); the same
   * list when there is none or it stands there already.
   */
  public AddressList withLinkLocalFirst() {
    List<IpAddress> addresses = new ArrayList<>(asList());
    for (int i = 1; i < addresses.size() && !addresses.get(0).isLinkLocal(); i++) {
      if (addresses.get(i).isLinkLocal()) {
        addresses.add(0, addresses.remove(i));
      }
    }
    return of(family, addresses);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressList that
        && family == that.family
        && Arrays.equals(packed, that.packed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(packed) * 31 + family.addressLength();
  }

  @Override
  public String toString() {
    return asList().toString();
  }
}
