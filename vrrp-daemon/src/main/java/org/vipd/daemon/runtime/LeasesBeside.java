package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.vipd.daemon.config.Prefix;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.value.AddressFamily;

/**
 * Which addresses with a lease somebody else has put on an interface of this network namespace, and
 * which of ours somebody else renews. Reports of our own renewals are not received, but for those
 * of IPv6 addresses: about them only the first can be told.
 */
final class LeasesBeside {

  /** Closer together, two renewals may be the last ones of a process that has ended. */
  private static final long APART_NANOS = 400_000_000L;

  private record Place(int interfaceIndex, Prefix prefix) {

    static Place of(LocalAddress address) {
      return new Place(
          address.interfaceIndex(), new Prefix(address.address(), address.prefixLength()));
    }

    // by hand: what Java makes for records is spun at the first call, milliseconds before the first
    // announcement
    @Override
    public boolean equals(Object other) {
      return other instanceof Place that
          && interfaceIndex == that.interfaceIndex
          && prefix.equals(that.prefix);
    }

    @Override
    public int hashCode() {
      return prefix.hashCode() * 31 + interfaceIndex;
    }
  }

  private record Renewals(long previousNanos, long lastNanos) {}

  private final Set<Place> ours = new HashSet<>();
  private final Set<Place> beside = new HashSet<>();
  private final Map<Place, Renewals> renewals = new HashMap<>();

  /** This daemon has added the address, or is about to remove it. */
  void own(LocalAddress address) {
    Place place = Place.of(address);
    ours.add(place);
    beside.remove(place);
  }

  /**
   * An address was reported or listed.
   *
   * @param isKnown whether nothing about it is new: somebody has renewed its lease
   */
  void reported(LocalAddress address, boolean isKnown, long nowNanos) {
    if (address.origin() != LocalAddress.Origin.VIPD_LEASED) {
      if (!beside.isEmpty()) {
        beside.remove(Place.of(address));
      }
      return;
    }
    Place place = Place.of(address);
    if (!ours.contains(place)) {
      beside.add(place);
    }
    if (isKnown && address.address().family() == AddressFamily.IPV4) {
      Renewals before = renewals.get(place);
      if (before == null) {
        renewals.put(place, new Renewals(Long.MIN_VALUE, nowNanos));
      } else if (nowNanos - before.lastNanos() >= APART_NANOS) {
        renewals.put(place, new Renewals(before.lastNanos(), nowNanos));
      }
    }
  }

  /** It is not there any more. */
  void gone(LocalAddress address) {
    Place place = Place.of(address);
    ours.remove(place);
    beside.remove(place);
    renewals.remove(place);
  }

  /** An interface is gone with all its addresses. */
  void gone(int interfaceIndex) {
    ours.removeIf(it -> it.interfaceIndex() == interfaceIndex);
    beside.removeIf(it -> it.interfaceIndex() == interfaceIndex);
    renewals.keySet().removeIf(it -> it.interfaceIndex() == interfaceIndex);
  }

  /** What is not among these is gone. */
  void retain(Iterable<LocalAddress> listed) {
    Set<Place> there = new HashSet<>();
    listed.forEach(it -> there.add(Place.of(it)));
    ours.retainAll(there);
    beside.retainAll(there);
    renewals.keySet().retainAll(there);
  }

  /** Whether there is none at all. */
  boolean isEmpty() {
    return beside.isEmpty();
  }

  /** Whether the address is there with a lease, and this daemon has not added it. */
  boolean has(LocalAddress address) {
    return beside.contains(Place.of(address));
  }

  /** Whether somebody else has renewed anything. */
  boolean hasRenewals() {
    return !renewals.isEmpty();
  }

  /** Whether somebody else has renewed its lease twice, one after the other, since a time. */
  boolean isRenewedSince(LocalAddress address, long sinceNanos) {
    Renewals known = renewals.get(Place.of(address));
    return known != null && known.previousNanos() >= sinceNanos;
  }
}
