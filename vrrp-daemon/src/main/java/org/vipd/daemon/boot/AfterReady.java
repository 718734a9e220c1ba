package org.vipd.daemon.boot;

import org.vipd.daemon.port.ServicePort;

/** Runs something once, right after the service manager was told that the daemon is ready. */
final class AfterReady implements ServicePort {

  private final ServicePort service;
  private final Runnable action;
  private boolean done;

  AfterReady(ServicePort service, Runnable action) {
    this.service = service;
    this.action = action;
  }

  @Override
  public void ready(String status) {
    service.ready(status);
    if (!done) {
      done = true;
      action.run();
    }
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
