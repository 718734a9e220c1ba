package org.vipd.daemon.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Events for clients that follow them. Each client has at most {@value #LIMIT} lines that wait; for
 * one that does not take them the oldest are dropped, and it is told how many.
 */
public final class EventFeed implements Consumer<String> {

  private static final int LIMIT = 1000;

  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private volatile Runnable wakeUp = () -> {};

  /** A client with the lines that it has not taken. */
  static final class Follower {

    private final Deque<String> lines = new ArrayDeque<>();
    private long dropped;

    private synchronized void add(String line) {
      lines.addLast(line);
      if (lines.size() > LIMIT) {
        lines.removeFirst();
        dropped++;
      }
    }

    /** All lines that wait, each with its line feed. */
    synchronized String take() {
      StringBuilder text = new StringBuilder();
      if (dropped > 0) {
        text.append("{\"dropped\":").append(dropped).append("}\n");
        dropped = 0;
      }
      lines.forEach(line -> text.append(line).append('\n'));
      lines.clear();
      return text.toString();
    }
  }

  @Override
  public void accept(String line) {
    if (!followers.isEmpty()) {
      followers.forEach(follower -> follower.add(line));
      wakeUp.run();
    }
  }

  void wakeWith(Runnable action) {
    wakeUp = action;
  }

  Follower follow() {
    Follower follower = new Follower();
    followers.add(follower);
    return follower;
  }

  void leave(Follower follower) {
    followers.remove(follower);
  }
}
