package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.List;

/** What a daemon did to its surroundings, in order, across all ports. */
public final class Trace {

  private final List<String> lines = new ArrayList<>();
  private boolean recording = true;

  void add(String line) {
    lines.add(line);
  }

  boolean isRecording() {
    return recording;
  }

  /** Ends recording, so that the fakes allocate nothing. */
  public void stopRecording() {
    recording = false;
    lines.clear();
  }

  /** All lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** All lines so far, which are then forgotten. */
  public List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }
}
