package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.port.HardwareAddress;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.NeighbourListener;
import org.vipd.daemon.port.NeighbourPort;
import org.vipd.daemon.port.NeighbourWatch;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** What the hosts on one interface said about the addresses that somebody here asked for. */
final class Neighbours implements NeighbourListener {

  private static final int HOSTS_LIMIT = 8;
  private static final int SENDERS_LIMIT = 256;

  /** Many routers ask for the same addresses that nobody has. */
  private static final long SPACING_NANOS = 1_000_000L;

  /** For documentation only (RFC 5737): who says that he has it answers for everything. */
  private static final IpAddress NOBODY_IPV4 = IpAddress.parse("198.51.100.254").orElseThrow();

  /** The same for IPv6 (RFC 3849). */
  private static final IpAddress NOBODY_IPV6 =
      IpAddress.parse("2001:db8:ffff:ffff::fffe").orElseThrow();

  private final LinkState link;
  private final NanoClock clock;
  private final NeighbourWatch watch;
  private final Map<IpAddress, Map<HardwareAddress, Long>> owners = new HashMap<>();
  private final Map<IpAddress, Long> asked = new HashMap<>();
  private final Map<IpAddress, HardwareAddress> senders = new HashMap<>();
  private int users;
  private boolean isDeaf;

  Neighbours(LinkState link, NeighbourPort port, NanoClock clock) throws PortException {
    this.link = link;
    this.clock = clock;
    this.watch = port.watch(link, this);
  }

  LinkState link() {
    return link;
  }

  /** One more, or with -1 one less, listens; answers how many do. */
  int addUsers(int change) {
    users += change;
    return users;
  }

  /** Asks who has an address, unless somebody here asked a moment ago. */
  void ask(IpAddress address) throws PortException {
    owners.computeIfAbsent(address, it -> new HashMap<>());
    Long last = asked.put(address, clock.nanos());
    if (last == null || clock.nanos() - last >= SPACING_NANOS) {
      watch.ask(address);
    }
  }

  /** Asks for an address that nobody can have, so that proxies show themselves. */
  void askForNobody() throws PortException {
    ask(NOBODY_IPV4);
    ask(NOBODY_IPV6);
  }

  @Override
  public void has(HardwareAddress host, IpAddress address) {
    Map<HardwareAddress, Long> known = owners.get(address);
    if (known != null && (known.size() < HOSTS_LIMIT || known.containsKey(host))) {
      known.put(host, clock.nanos());
    }
  }

  @Override
  public void advertises(HardwareAddress host, IpAddress source) {
    if (senders.size() < SENDERS_LIMIT || senders.containsKey(source)) {
      senders.put(source, host);
    }
  }

  @Override
  public void deafened(String reason) {
    isDeaf = true;
  }

  /** Whether other hosts can be heard: one was, or nobody knows. */
  boolean hasReceived() {
    return isDeaf || watch.hasReceived();
  }

  boolean isDeaf() {
    return isDeaf;
  }

  /** Who said since a time that he has an address. */
  List<HardwareAddress> ownersOf(IpAddress address, long sinceNanos) {
    List<HardwareAddress> found = new ArrayList<>();
    owners
        .getOrDefault(address, Map.of())
        .forEach(
            (host, nanos) -> {
              if (nanos >= sinceNanos) {
                found.add(host);
              }
            });
    return found;
  }

  /** Whether a host says of an address that nobody can have that it has it. */
  boolean isProxy(HardwareAddress host) {
    return hasSaid(host, NOBODY_IPV4) || hasSaid(host, NOBODY_IPV6);
  }

  /** Whether a host ever said that it has an address. */
  boolean hasSaid(HardwareAddress host, IpAddress address) {
    return owners.getOrDefault(address, Map.of()).containsKey(host);
  }

  /** The host whose packets of protocol 112 come from an address. */
  Optional<HardwareAddress> senderAt(IpAddress source) {
    return Optional.ofNullable(senders.get(source));
  }

  /** The address of a family that a host's packets of protocol 112 come from. */
  Optional<IpAddress> addressOf(HardwareAddress host, AddressFamily family) {
    return senders.entrySet().stream()
        .filter(it -> it.getValue().equals(host) && it.getKey().family() == family)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  void close() {
    watch.close();
  }
}
