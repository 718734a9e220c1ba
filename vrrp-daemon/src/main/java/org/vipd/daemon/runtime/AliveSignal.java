package org.vipd.daemon.runtime;

import org.vipd.daemon.port.ServicePort;

/** Tells the service manager now and then that the loop runs. */
final class AliveSignal {

  private final ServicePort service;
  private long dueNanos;

  AliveSignal(ServicePort service) {
    this.service = service;
  }

  /** The next one is due an interval from now. */
  void begin(long nowNanos) {
    long intervalNanos = service.aliveIntervalNanos();
    dueNanos = intervalNanos == Long.MAX_VALUE ? Long.MAX_VALUE : nowNanos + intervalNanos;
  }

  long deadlineNanos() {
    return dueNanos;
  }

  /** Gives it when it is due. */
  void tick(long nowNanos) {
    if (nowNanos >= dueNanos) {
      service.alive();
      begin(nowNanos);
    }
  }
}
