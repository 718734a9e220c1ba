package org.vipd.daemon.config.check.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.Account;
import org.vipd.protocol.value.IpAddress;

/** What a check may ask the host that it runs on. */
public interface HostView {

  /** Whether an interface of that name exists. */
  boolean hasInterface(String name);

  /** Names of all interfaces but the loopback interface, with or without addresses. */
  List<String> interfaces();

  /** Absolute path of a program that can be run; empty when there is none. */
  Optional<String> program(String word);

  /**
   * Why a program cannot be run; empty when it can, or when the user does not exist.
   *
   * @param account who is to run it; empty for the daemon's user, root
   */
  Optional<String> obstacle(String word, Optional<Account> account);

  /** Whether a user of that name or number exists. */
  boolean hasUser(String name);

  /** The networks of an interface; none when it does not exist. */
  List<Network> networks(String interfaceName);

  /** Bytes of the largest packet of an interface; empty when it does not exist. */
  OptionalInt mtu(String interfaceName);

  /**
   * An address of the host with its prefix.
   *
   * @param address the address
   * @param prefixLength 0..32 or 0..128
   */
  record Network(IpAddress address, int prefixLength) {

    /** Whether another address is in the same network. */
    public boolean contains(IpAddress other) {
      if (other.family() != address.family()) {
        return false;
      }
      byte[] one = address.toBytes();
      byte[] two = other.toBytes();
      for (int bit = 0; bit < prefixLength; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if ((one[bit / Byte.SIZE] & mask) != (two[bit / Byte.SIZE] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
