package org.vipd.daemon.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.port.NetworkPort;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.RouteMonitor;
import org.vipd.netlink.socket.Datagram;
import org.vipd.netlink.socket.Poller;

/**
 * Waits with epoll for packets, interface events and wake-ups, and opens the channels that it waits
 * for.
 */
public final class LinuxNetwork implements NetworkPort, ChannelPort, AutoCloseable {

  private static final int MONITOR_TOKEN = 0;

  private final Poller poller;
  private final RouteMonitor monitor;
  private final MonotonicClock clock;
  private final Datagram datagram = new Datagram();
  private final List<Optional<LinuxChannel>> channels = new ArrayList<>();

  private LinuxNetwork(Poller poller, RouteMonitor monitor, MonotonicClock clock) {
    this.poller = poller;
    this.monitor = monitor;
    this.clock = clock;
    this.channels.add(Optional.empty());
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

  @Override
  public void await(long deadlineNanos, LinkListener listener) {
    int ready = poller.await(clock.systemNanos(deadlineNanos));
    for (int i = 0; i < ready; i++) {
      int token = poller.token(i);
      if (token == MONITOR_TOKEN) {
        monitor.dispatch(new LinkTranslator(listener));
      } else if (channels.get(token).isPresent()) {
        channels.get(token).get().receiveAll(datagram);
      }
    }
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  @Override
  public AdvertisementChannel open(ChannelSpec spec, DatagramReceiver receiver)
      throws PortException {
    try {
      int token = freeToken();
      LinuxChannel channel = LinuxChannel.open(spec, receiver, () -> release(token));
      channels.set(token, Optional.of(channel));
      poller.watch(channel.fd(), Poller.READABLE, token);
      return channel;
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  private int freeToken() {
    for (int token = MONITOR_TOKEN + 1; token < channels.size(); token++) {
      if (channels.get(token).isEmpty()) {
        return token;
      }
    }
    channels.add(Optional.empty());
    return channels.size() - 1;
  }

  private void release(int token) {
    channels.get(token).ifPresent(channel -> poller.unwatch(channel.fd()));
    channels.set(token, Optional.empty());
  }

  @Override
  public void close() {
    monitor.close();
    poller.close();
  }
}
