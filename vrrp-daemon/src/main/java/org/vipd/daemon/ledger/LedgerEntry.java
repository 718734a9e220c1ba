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
    return fields.length == FIELDS && fields[0].equals(WORD)
        ? ofFields(fields[1], fields[2], fields[3])
        : Optional.empty();
  }

  /** Reads number and name of an interface and an address with its length. */
  static Optional<LedgerEntry> ofFields(String number, String name, String prefix) {
    int slash = prefix.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    try {
      int index = Integer.parseInt(number);
      int length = Integer.parseInt(prefix.substring(slash + 1));
      boolean isPossible = index > 0 && length >= 0 && length <= IPV6_BITS;
      return IpAddress.parse(prefix.substring(0, slash))
          .filter(address -> isPossible)
          .map(address -> new LedgerEntry(index, name, address, length));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The line of the file. */
  String line() {
    return WORD + SEPARATOR + fields();
  }

  /** What it is, without the word that begins its line. */
  String fields() {
    return String.join(
        SEPARATOR, Integer.toString(interfaceIndex), interfaceName, address + "/" + prefixLength);
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
