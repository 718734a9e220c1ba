package org.vipd.daemon.boot;

import java.util.ArrayDeque;
import java.util.Deque;
import org.vipd.daemon.port.Journal;

/** Closes what was opened, in reverse order. */
final class Closing implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Journal journal;

  Closing(Journal journal) {
    this.journal = journal;
  }

  <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        journal.warn("closing " + part.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }
}
