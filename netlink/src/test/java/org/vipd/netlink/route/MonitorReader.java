package org.vipd.netlink.route;

import org.vipd.netlink.socket.Poller;
import org.vipd.netlink.testkit.RecordingListener;

/** Reads a monitor until a given event was heard. */
final class MonitorReader implements AutoCloseable {

  private final RouteMonitor monitor;
  private final RecordingListener listener = new RecordingListener();
  private final Poller poller = Poller.open();

  MonitorReader(RouteMonitor monitor) {
    this.monitor = monitor;
    poller.watch(monitor.fd(), Poller.READABLE, 0);
  }

  RecordingListener listener() {
    return listener;
  }

  /** Waits without limit; the test's own time limit ends a hang. */
  void awaitHeard(String event) {
    while (!listener.heard().contains(event)) {
      poller.await(Long.MAX_VALUE);
      monitor.dispatch(listener);
    }
  }

  @Override
  public void close() {
    poller.close();
  }
}
