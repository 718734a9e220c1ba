package org.vipd.daemon.boot;

import java.util.Optional;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.service.Signals;

/**
 * SIGHUP from the first moment on. Unhandled it would end the process; what comes before the daemon
 * can reload is done as soon as it can.
 */
final class Hangup implements Runnable {

  private Optional<Runnable> reload = Optional.empty();
  private boolean missed;

  /** Handles the signal from now on, or says that it never comes. */
  static Hangup listen(Journal journal) {
    Hangup hangup = new Hangup();
    if (!Signals.handle("HUP", hangup)) {
      journal.warn(
          "SIGHUP is ignored, because vipd was started so (by nohup, or by a program that ignores"
              + " it): read the configuration again with vipd reload");
    }
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
