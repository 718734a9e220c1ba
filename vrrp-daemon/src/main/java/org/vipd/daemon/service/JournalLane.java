package org.vipd.daemon.service;

import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.vipd.daemon.config.Printable;
import org.vipd.daemon.port.Journal;

/**
 * Writes messages on a thread of its own, so that a blocked log never blocks the loop. Up to
 * {@value #CAPACITY} messages wait; what does not fit is counted and said as soon as there is room.
 */
public final class JournalLane implements Journal, Runnable {

  private static final int CAPACITY = 1024;
  private static final long POLL_MILLIS = 200;

  private final ArrayBlockingQueue<Line> lines = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean closed;

  /** Until the logger is made, it is the one that drops what nobody wants. */
  private volatile boolean takesDebug = true;

  private record Line(Level level, String message) {}

  @Override
  public void info(String message) {
    offer(Level.INFO, message);
  }

  @Override
  public void warn(String message) {
    offer(Level.WARN, message);
  }

  @Override
  public void error(String message) {
    offer(Level.ERROR, message);
  }

  @Override
  public void debug(String message) {
    if (takesDebug) {
      offer(Level.DEBUG, message);
    }
  }

  private void offer(Level level, String message) {
    // a name of the configuration or the output of a script must not move a terminal's cursor
    String line = Printable.of(message.replace('\n', ' '));
    if (!lines.offer(new Line(level, line))) {
      dropped.incrementAndGet();
    }
  }

  @Override
  public void run() {
    // made here: it takes long, and the first advertisement need not wait for it
    Logger logger =
        LogFormat.applyTo(() -> LoggerFactory.getLogger("vipd"), InstantSource.system());
    takesDebug = logger.isDebugEnabled();
    try {
      while (!closed || !lines.isEmpty()) {
        Line line = lines.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (line != null) {
          logger.atLevel(line.level()).log(line.message());
        }
        sayDropped(logger);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayDropped(Logger logger) {
    long count = dropped.getAndSet(0);
    if (count > 0) {
      logger.warn("{} messages were dropped: the log did not take them fast enough", count);
    }
  }

  /** Lets the thread end after it has written what waits. */
  public void close() {
    closed = true;
  }
}
