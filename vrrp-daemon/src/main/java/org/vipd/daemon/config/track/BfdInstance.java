package org.vipd.daemon.config.track;

import java.util.Optional;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.global.Settings;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * A BFD session (RFC 5880).
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param neighbour the other side
 * @param weight -253..253; 0 means that a lost session puts the instance into FAULT
 * @param isReversed whether the weight is turned round
 * @param settings the rest under its keywords: source_ip, min_rx, min_tx and idle_tx in
 *     milliseconds, multiplier, passive, ttl, hoplimit, max_hops, multihop
 */
public record BfdInstance(
    String name,
    Place place,
    IpAddress neighbour,
    int weight,
    boolean isReversed,
    Settings settings) {

  private static final String SOURCE = "source_ip";

  /**
   * Whether packets could not tell which of the two they belong to: there is one session at most
   * between two addresses (RFC 5881 section 3).
   */
  public boolean collidesWith(BfdInstance other) {
    Optional<String> source = settings.word(SOURCE);
    Optional<String> otherSource = other.settings.word(SOURCE);
    boolean mayMeet =
        source.isEmpty() || otherSource.isEmpty() || parsed(source).equals(parsed(otherSource));
    return neighbour.equals(other.neighbour)
        && settings.isOn("multihop") == other.settings.isOn("multihop")
        && mayMeet;
  }

  private static Optional<IpAddress> parsed(Optional<String> address) {
    return address.flatMap(IpAddress::parse);
  }

  /** Why no session can come of it, for the operator; empty when one can. */
  public Optional<String> complaint() {
    Optional<String> source = settings.word(SOURCE);
    Optional<IpAddress> address = source.flatMap(IpAddress::parse);
    if (neighbour.isLinkLocal() && neighbour.family() == AddressFamily.IPV6) {
      return Optional.of(
          "its neighbour "
              + neighbour
              + " is link-local, and a session has no interface; use a global address");
    } else if (neighbour.isMulticast()) {
      return Optional.of("its neighbour " + neighbour + " is a multicast address, not one host");
    } else if (source.isPresent() && address.isEmpty()) {
      return Optional.of("its source \"" + source.get() + "\" is not an IP address");
    } else if (address.isPresent() && address.get().family() != neighbour.family()) {
      return Optional.of(
          "its source "
              + address.get()
              + " and its neighbour "
              + neighbour
              + " are of different families");
    } else if (address.isPresent() && address.get().equals(neighbour)) {
      return Optional.of("its source and its neighbour are the same address, " + neighbour);
    }
    return Optional.empty();
  }
}
