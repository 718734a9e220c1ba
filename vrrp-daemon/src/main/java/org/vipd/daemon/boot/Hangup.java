package org.vipd.daemon.boot;

import java.util.Optional;
import org.vipd.daemon.service.Signals;

/**
 * SIGHUP from the first moment on. Unhandled it would end the process; what comes before the daemon
 * can reload is done as soon as it can.
 */
final class Hangup implements Runnable {

  private Optional<Runnable> reload = Optional.empty();
  private boolean missed;

  /** Handles the signal from now on. */
  static Hangup listen() {
    Hangup hangup = new Hangup();
    Signals.handle("HUP", hangup);
    return hangup;
  }

  /** The signal arrived. */
  @Override
  public void run() {
    Optional<Runnable> now;
    synchronized (this) {
      now = reload;
      missed |= reload.isEmpty();
    }
    now.ifPresent(Runnable::run);
  }

  /** Takes what a reload is; it is run on a thread of its own when the signal came already. */
  synchronized void serve(Runnable work) {
    reload = Optional.of(work);
    if (missed) {
      missed = false;
      Threads.start("vipd-reload", work);
    }
  }
}
