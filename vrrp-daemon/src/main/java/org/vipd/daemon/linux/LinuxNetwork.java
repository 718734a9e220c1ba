package org.vipd.daemon.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.port.NetworkPort;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.netlink.libc.SuspendedTime;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.RouteLosses;
import org.vipd.netlink.route.RouteMonitor;
import org.vipd.netlink.socket.Datagram;
import org.vipd.netlink.socket.Poller;

/**
 * Waits with epoll for packets, interface events and wake-ups, and opens the channels that it waits
 * for.
 */
public final class LinuxNetwork implements NetworkPort, ChannelPort, AutoCloseable {

  private static final int MONITOR_TOKEN = 0;
  private static final int ROUTE_TOKEN = 1;

  /**
   * A wait that took longer was a real one, and what ended it is the only packet there: asking for
   * a second one would be a system call for nothing. Should there be more, the next wait ends at
   * once.
   */
  private static final long BACKLOG_NANOS = 20_000;

  private final Poller poller;
  private final RouteMonitor monitor;
  private final MonotonicClock clock;
  private final ReceiveModeration moderation = new ReceiveModeration();
  private final Datagram datagram = new Datagram();
  private final List<Optional<Receiver>> receptions = new ArrayList<>();
  private Optional<RouteLosses> routes = Optional.empty();
  private final DelayEvidence evidence;
  private final Suspension suspension;
  private Optional<String> cause = Optional.empty();
  private long causeNanos;

  private LinuxNetwork(Poller poller, RouteMonitor monitor, MonotonicClock clock) {
    this.poller = poller;
    this.monitor = monitor;
    this.clock = clock;
    this.receptions.add(Optional.empty());
    this.receptions.add(Optional.empty());
    this.evidence = new DelayEvidence(Path.of("/proc"));
    this.suspension = new Suspension(clock, new SuspendedTime()::nanos);
    poller.watch(monitor.fd(), Poller.READABLE, MONITOR_TOKEN);
  }

  /** Opens the poller and the event socket of the routing netlink family. */
  public static LinuxNetwork open(MonotonicClock clock) throws PortException {
    try {
      Poller poller = Poller.open();
      return new LinuxNetwork(poller, RouteMonitor.open(), clock);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  /** The same, but it does not wake up for refreshes of addresses, which change nothing. */
  public static LinuxNetwork open(MonotonicClock clock, LinuxAddresses addresses)
      throws PortException {
    LinuxNetwork network = open(clock);
    try {
      addresses.hideRefreshesFrom(network.monitor);
      return network;
    } catch (SyscallException e) {
      network.close();
      throw Failures.of(e);
    }
  }

  @Override
  public void await(long deadlineNanos, LinkListener listener) {
    int restMillis = moderation.restMillis(clock.nanos(), deadlineNanos);
    if (restMillis > 0) {
      poller.rest(restMillis);
    }
    long beforeNanos = clock.nanos();
    evidence.note(beforeNanos);
    cause = Optional.empty();
    int ready = poller.await(clock.systemNanos(deadlineNanos));
    suspension.look();
    long afterNanos = clock.nanos();
    listener.woken();
    // Before anything is due, all packets must have been looked at.
    boolean mayBeMore = afterNanos - beforeNanos < BACKLOG_NANOS || afterNanos >= deadlineNanos;
    int packets = 0;
    for (int i = 0; i < ready; i++) {
      int token = poller.token(i);
      if (token == MONITOR_TOKEN) {
        monitor.dispatch(new LinkTranslator(listener));
      } else if (token == ROUTE_TOKEN) {
        dispatchRoutes(listener);
      } else if (receptions.get(token).isPresent()) {
        packets += receptions.get(token).get().receive(datagram, mayBeMore);
      }
    }
    moderation.received(packets, afterNanos);
  }

  private void dispatchRoutes(LinkListener listener) {
    if (!routes.get().dispatch(new LossTranslator(listener))) {
      listener.resynchronize();
    }
  }

  /**
   * From now on delivers also which of our routes and rules others remove.
   *
   * @param ownPort of the socket that removes them for us
   */
  public void watchRoutes(int ownPort) {
    if (routes.isEmpty()) {
      RouteLosses opened = RouteLosses.open(RoutingEntry.PROTOCOL, ownPort);
      routes = Optional.of(opened);
      poller.watch(opened.fd(), Poller.READABLE, ROUTE_TOKEN);
    }
  }

  @Override
  public String delayCause(long lateNanos) {
    // the same for all routers, but for one that is longer, later in the same turn
    if (cause.isEmpty() || lateNanos > causeNanos) {
      causeNanos = lateNanos;
      cause = suspension.explanation(lateNanos).or(() -> Optional.of(evidence.of(lateNanos)));
    }
    return cause.orElseThrow();
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  @Override
  public AdvertisementChannel open(ChannelSpec spec, DatagramReceiver receiver)
      throws PortException {
    try {
      return new LinuxChannel(this, spec, receiver);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  void watch(Receiver reception) {
    int token = freeToken();
    receptions.set(token, Optional.of(reception));
    poller.watch(reception.fd(), Poller.READABLE, token);
  }

  void unwatch(Receiver reception) {
    int token = receptions.indexOf(Optional.of(reception));
    if (token > ROUTE_TOKEN) {
      poller.unwatch(reception.fd());
      receptions.set(token, Optional.empty());
    }
  }

  private int freeToken() {
    for (int token = ROUTE_TOKEN + 1; token < receptions.size(); token++) {
      if (receptions.get(token).isEmpty()) {
        return token;
      }
    }
    receptions.add(Optional.empty());
    return receptions.size() - 1;
  }

  @Override
  public void close() {
    routes.ifPresent(RouteLosses::close);
    evidence.close();
    monitor.close();
    poller.close();
  }
}
