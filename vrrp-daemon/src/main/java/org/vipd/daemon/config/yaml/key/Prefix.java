package org.vipd.daemon.config.yaml.key;

import java.util.Optional;
import java.util.regex.Pattern;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * An address with the length of its network.
 *
 * @param address the address
 * @param length 0..32 or 0..128
 */
public record Prefix(IpAddress address, int length) {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** Reads {@code ADDRESS} or {@code ADDRESS/LENGTH}; without a length it is the longest. */
  public static Optional<Prefix> parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    String length = slash < 0 ? "" : text.substring(slash + 1);
    return IpAddress.parse(literal)
        .flatMap(
            address ->
                slash < 0
                    ? Optional.of(new Prefix(address, longest(address)))
                    : withLength(address, length));
  }

  private static Optional<Prefix> withLength(IpAddress address, String length) {
    boolean isNumber = NUMBER.matcher(length).matches();
    return isNumber && Integer.parseInt(length) <= longest(address)
        ? Optional.of(new Prefix(address, Integer.parseInt(length)))
        : Optional.empty();
  }

  /** Whether another address is in this network. */
  public boolean contains(IpAddress other) {
    return address.sharesPrefix(other, length);
  }

  private static int longest(IpAddress address) {
    return address.family() == AddressFamily.IPV4 ? 32 : 128;
  }

  @Override
  public String toString() {
    return length == longest(address) ? address.toString() : address + "/" + length;
  }
}
