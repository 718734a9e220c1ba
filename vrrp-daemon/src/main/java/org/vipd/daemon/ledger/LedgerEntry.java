package org.vipd.daemon.ledger;

import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.value.IpAddress;

/**
 * An address that this daemon may have put on an interface.
 *
 * @param interfaceIndex kernel's number of the interface, above 0
 * @param interfaceName its name then
 * @param address the address
 * @param prefixLength its length, 0..128
 */
record LedgerEntry(int interfaceIndex, String interfaceName, IpAddress address, int prefixLength) {

  private static final String WORD = "address";
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 4;
  private static final int IPV6_BITS = 128;

  static LedgerEntry of(AddressInstall install) {
    return new LedgerEntry(
        install.interfaceIndex(),
        install.interfaceName(),
        install.address().address(),
        install.address().prefixLength());
  }

  // written out: the JVM would make them at the first call, which is the first takeover

  @Override
  public boolean equals(Object other) {
    return other instanceof LedgerEntry that
        && interfaceIndex == that.interfaceIndex
        && prefixLength == that.prefixLength
        && address.equals(that.address)
        && interfaceName.equals(that.interfaceName);
  }

  @Override
  public int hashCode() {
    return (address.hashCode() * 31 + interfaceIndex) * 31 + prefixLength;
  }

  /** Reads a line of the file; empty when it is none. */
  static Optional<LedgerEntry> parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    int slash = line.lastIndexOf('/');
    if (fields.length != FIELDS || !fields[0].equals(WORD) || slash < 0) {
      return Optional.empty();
    }
    try {
      int index = Integer.parseInt(fields[1]);
      int length = Integer.parseInt(line.substring(slash + 1));
      String literal = fields[FIELDS - 1].substring(0, fields[FIELDS - 1].indexOf('/'));
      boolean isPossible = index > 0 && length >= 0 && length <= IPV6_BITS;
      return IpAddress.parse(literal)
          .filter(address -> isPossible)
          .map(address -> new LedgerEntry(index, fields[2], address, length));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** The line of the file. */
  String line() {
    return String.join(
        SEPARATOR,
        WORD,
        Integer.toString(interfaceIndex),
        interfaceName,
        address + "/" + prefixLength);
  }

  /** Whether a configuration means it. */
  boolean isOf(VirtualAddressConfig config) {
    return config.prefixLength() == prefixLength
        && config.address().equals(address)
        && config.device().filter(interfaceName::equals).isPresent();
  }

  /** Whether the interface is still the one that was meant. */
  boolean isOn(LinkState link) {
    return link.index() == interfaceIndex && link.name().equals(interfaceName);
  }

  boolean is(LocalAddress other) {
    return other.interfaceIndex() == interfaceIndex
        && other.address().equals(address)
        && other.prefixLength() == prefixLength;
  }

  /** The address as something to remove. */
  AddressInstall install() {
    return new AddressInstall(
        interfaceIndex,
        interfaceName,
        new VirtualAddressConfig(
            address, prefixLength, Optional.empty(), AddressOptions.NONE, true));
  }
}
