package org.vipd.daemon.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.NanoClock;
import org.vipd.protocol.value.AddressFamily;

/**
 * Takes away what routers gave up after they had said so. IPv6 addresses, which the kernel removes
 * slowly, go a portion in each turn of the loop, one turn after the other, so that the
 * advertisements of other routers are not late. What is to be installed again is removed before.
 */
final class RemovalQueue {

  private record Waiting(AddressInstall address, Consumer<String> complaints) {

    /** Whether the kernel would take the two for one; for IPv6 also with another prefix length. */
    private boolean isInTheWayOf(AddressInstall other) {
      return address.interfaceIndex() == other.interfaceIndex()
          && address.address().address().equals(other.address().address());
    }
  }

  /** More reports than a host can have addresses are not waited for. */
  private static final int UNREPORTED = 65_536;

  private final AddressPort port;
  private final FirstAddresses firstAddresses;
  private final NanoClock clock;
  private final KernelPace pace = new KernelPace();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<LocalAddress, Integer> unreported = new HashMap<>();

  RemovalQueue(AddressPort port, InterfaceTable interfaces, NanoClock clock) {
    this.port = port;
    this.firstAddresses = new FirstAddresses(interfaces);
    this.clock = clock;
  }

  /** Removes addresses, as many at once as may be. */
  void remove(List<AddressInstall> addresses, Consumer<String> complaints) {
    List<AddressInstall> first = new ArrayList<>();
    int room = waiting.isEmpty() ? pace.perTurn() : 0;
    for (AddressInstall address : addresses) {
      boolean isSlow = address.address().address().family() == AddressFamily.IPV6;
      if (!isSlow || room-- > 0) {
        first.add(address);
      } else {
        waiting.add(new Waiting(address, complaints));
      }
    }
    if (!first.isEmpty()) {
      removeNow(first).forEach(failure -> complaints.accept(failure.message()));
    }
  }

  private List<AddressPort.Failure> removeNow(List<AddressInstall> addresses) {
    return note(
        addresses,
        firstAddresses.areAmong(addresses)
            ? port.removeBesideOthers(addresses)
            : port.remove(addresses));
  }

  /** The kernel reports only what it had: not what went with its interface before. */
  private List<AddressPort.Failure> note(List<AddressInstall> asked, AddressPort.Removed removed) {
    if (unreported.size() > UNREPORTED) {
      unreported.clear();
    }
    asked.forEach(it -> unreported.merge(it.local(), 1, Integer::sum));
    removed.failures().forEach(it -> isExpected(it.address().local()));
    removed.missing().forEach(it -> isExpected(it.local()));
    return removed.failures();
  }

  /**
   * Whether it was removed here, asked when the kernel reports that it is gone; the next report of
   * the same is of somebody else's removal.
   */
  boolean tookAway(LocalAddress gone) {
    return isExpected(gone.plain());
  }

  /** Counts one off: an address may be removed again before the first report of it is read. */
  private boolean isExpected(LocalAddress gone) {
    boolean isExpected = unreported.containsKey(gone);
    unreported.computeIfPresent(gone, (key, count) -> count == 1 ? null : count - 1);
    return isExpected;
  }

  /** Reports were lost: what is reported from now on is not of what was removed before. */
  void reportsWereLost() {
    unreported.clear();
  }

  /** When the next portion is due. */
  long deadlineNanos(long nowNanos) {
    return waiting.isEmpty() ? Long.MAX_VALUE : nowNanos;
  }

  /** Removes the next portion. */
  void tick() {
    if (!waiting.isEmpty()) {
      removeNext(Math.min(pace.perTurn(), waiting.size()));
    }
  }

  /** Removes all that waits. */
  void finish() {
    if (!waiting.isEmpty()) {
      removeNext(waiting.size());
    }
  }

  /** Removes what waits and is about to be installed. */
  void makeWayFor(List<AddressInstall> wanted) {
    if (waiting.isEmpty() || wanted.isEmpty()) {
      return;
    }
    List<Waiting> first =
        waiting.stream().filter(it -> wanted.stream().anyMatch(it::isInTheWayOf)).toList();
    waiting.removeAll(first);
    if (!first.isEmpty()) {
      remove(first);
    }
  }

  private void removeNext(int count) {
    List<Waiting> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(waiting.remove());
    }
    remove(next);
  }

  private void remove(List<Waiting> next) {
    List<AddressInstall> addresses = next.stream().map(Waiting::address).toList();
    long beforeNanos = clock.nanos();
    List<AddressPort.Failure> failures = note(addresses, port.remove(addresses));
    pace.took(next.size(), clock.nanos() - beforeNanos);
    for (AddressPort.Failure failure : failures) {
      next.get(addresses.indexOf(failure.address())).complaints().accept(failure.message());
    }
  }
}
