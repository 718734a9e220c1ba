package org.vipd.daemon.boot;

import java.util.function.Consumer;

/** Starts the daemon's helper threads. */
final class Threads {

  private static final long JOIN_MILLIS = 500;

  private Threads() {}

  /** Starts a thread that does not keep the process alive. */
  static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Starts one whose failure is said but ends nothing: the daemon does as well without it. */
  static Thread startOptional(String name, Runnable work, Consumer<String> complaint) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (dead, failure) -> complaint.accept("thread " + name + " ended unexpectedly: " + failure));
    thread.start();
    return thread;
  }

  /** Waits a moment for a thread that was told to end. */
  static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
