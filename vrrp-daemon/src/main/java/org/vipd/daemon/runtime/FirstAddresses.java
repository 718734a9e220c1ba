package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.Prefix;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Tells whether others would go with addresses that are to be removed: the kernel takes all
 * addresses of an IPv4 network away with the one that was added first.
 */
final class FirstAddresses {

  private static final int IPV4_BITS = 32;

  private final InterfaceTable interfaces;

  FirstAddresses(InterfaceTable interfaces) {
    this.interfaces = interfaces;
  }

  /** Whether one of them is the first of a network of which others stay. */
  boolean areAmong(List<AddressInstall> unwanted) {
    Set<Integer> indexes = new LinkedHashSet<>();
    for (AddressInstall install : unwanted) {
      if (isInNetwork(install.address().address(), install.address().prefixLength())) {
        indexes.add(install.interfaceIndex());
      }
    }
    for (int index : indexes) {
      if (areAmong(unwanted, index)) {
        return true;
      }
    }
    return false;
  }

  private boolean areAmong(List<AddressInstall> unwanted, int interfaceIndex) {
    Set<Prefix> going = new HashSet<>();
    for (AddressInstall install : unwanted) {
      if (install.interfaceIndex() == interfaceIndex) {
        going.add(new Prefix(install.address().address(), install.address().prefixLength()));
      }
    }
    Set<Prefix> begun = new HashSet<>();
    Set<Prefix> lost = new HashSet<>();
    for (Prefix prefix : networkAddresses(interfaceIndex)) {
      Prefix network = network(prefix);
      boolean isGoing = going.contains(prefix);
      if (begun.add(network) && isGoing) {
        lost.add(network);
      }
      if (!isGoing && lost.contains(network)) {
        return true;
      }
    }
    return false;
  }

  private List<Prefix> networkAddresses(int interfaceIndex) {
    List<Prefix> found = new ArrayList<>();
    for (LocalAddress known : interfaces.addressesOf(interfaceIndex)) {
      if (isInNetwork(known.address(), known.prefixLength())) {
        found.add(new Prefix(known.address(), known.prefixLength()));
      }
    }
    return found;
  }

  private static boolean isInNetwork(IpAddress address, int length) {
    return address.family() == AddressFamily.IPV4 && length < IPV4_BITS;
  }

  private static Prefix network(Prefix prefix) {
    byte[] octets = prefix.address().toBytes();
    for (int i = 0; i < octets.length; i++) {
      int bits = Math.max(0, Math.min(Byte.SIZE, prefix.length() - i * Byte.SIZE));
      octets[i] &= (byte) (0xFF << (Byte.SIZE - bits));
    }
    return new Prefix(IpAddress.of(octets), prefix.length());
  }
}
