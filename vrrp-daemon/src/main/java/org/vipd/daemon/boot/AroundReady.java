package org.vipd.daemon.boot;

import org.vipd.daemon.port.ServicePort;

/** Does something once before the service manager is told that the daemon is ready, and after. */
final class AroundReady implements ServicePort {

  private final ServicePort service;
  private final Runnable before;
  private final Runnable after;
  private boolean done;

  AroundReady(ServicePort service, Runnable before, Runnable after) {
    this.service = service;
    this.before = before;
    this.after = after;
  }

  @Override
  public void ready(String status) {
    if (done) {
      service.ready(status);
      return;
    }
    done = true;
    before.run();
    service.ready(status);
    after.run();
  }

  @Override
  public void reloading() {
    service.reloading();
  }

  @Override
  public void stopping() {
    service.stopping();
  }

  @Override
  public void alive() {
    service.alive();
  }

  @Override
  public long aliveIntervalNanos() {
    return service.aliveIntervalNanos();
  }
}
