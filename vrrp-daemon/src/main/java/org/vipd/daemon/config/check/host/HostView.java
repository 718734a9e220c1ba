package org.vipd.daemon.config.check.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.Account;
import org.vipd.protocol.value.AddressFamily;
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

  /**
   * Why {@code enable_script_security} refuses to run a program as root; empty when it does not.
   *
   * @param word absolute path or bare name of a program that can be run
   */
  default Optional<String> objection(String word) {
    return Optional.empty();
  }

  /** What is known of its files. */
  default FileView files() {
    return FileView.UNKNOWN;
  }

  /** Whether a user of that name or number exists. */
  boolean hasUser(String name);

  /** The networks of an interface; none when it does not exist. */
  List<Network> networks(String interfaceName);

  /** Bytes of the largest packet of an interface; empty when it does not exist. */
  OptionalInt mtu(String interfaceName);

  /** Whether a routing table has that name, or number. */
  default boolean hasTable(String table) {
    return true;
  }

  /** The names of routing tables. */
  default Set<String> tables() {
    return Set.of();
  }

  /**
   * An address of the host with its prefix.
   *
   * @param address the address
   * @param prefixLength 0..32 or 0..128
   */
  record Network(IpAddress address, int prefixLength) {

    /** Whether it has more than the address alone. */
    public boolean isShared() {
      return prefixLength < bits();
    }

    /** Whether another address is in the same network. */
    public boolean contains(IpAddress other) {
      return address.sharesPrefix(other, prefixLength);
    }

    /**
     * Whether an address of the network is its first, which names the network itself (RFC 4632
     * section 3.1) or any of its routers (RFC 4291 section 2.6.1). Networks of one or two addresses
     * have no such (RFC 3021, RFC 6164).
     */
    public boolean isFirst(IpAddress other) {
      return bits() - prefixLength > 1 && other.equals(other.first(prefixLength));
    }

    /** Whether an address of an IPv4 network is its last, which is that of all its hosts. */
    public boolean isLast(IpAddress other) {
      return other.family() == AddressFamily.IPV4
          && bits() - prefixLength > 1
          && other.equals(other.last(prefixLength));
    }

    private int bits() {
      return address.family().addressLength() * Byte.SIZE;
    }

    /** The network, such as {@code 10.0.0.0/24}. */
    @Override
    public String toString() {
      return address.first(prefixLength) + "/" + prefixLength;
    }
  }
}
