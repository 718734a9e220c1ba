package org.vipd.daemon.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vipd.daemon.port.Journal;

/** Keeps messages with their level in front. */
public final class RecordingJournal implements Journal {

  private final List<String> messages = new CopyOnWriteArrayList<>();

  @Override
  public void info(String message) {
    messages.add("info " + message);
  }

  @Override
  public void warn(String message) {
    messages.add("warn " + message);
  }

  @Override
  public void error(String message) {
    messages.add("error " + message);
  }

  @Override
  public void debug(String message) {
    messages.add("debug " + message);
  }

  /** All messages so far. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /** All messages so far, which are then forgotten. */
  public List<String> take() {
    List<String> taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }
}
