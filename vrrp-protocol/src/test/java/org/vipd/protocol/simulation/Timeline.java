package org.vipd.protocol.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What happened: always as a digest, on request as text. */
final class Timeline {
  private final List<String> lines = new ArrayList<>();
  private final boolean keepsText;
  private long digest = 17;

  Timeline(boolean keepsText) {
    this.keepsText = keepsText;
  }

  void line(long now, Node node, String text) {
    line(now, node, text, "");
  }

  void line(long now, String text) {
    digest = digest * 31 + now;
    if (keepsText) {
      lines.add(String.format(Locale.ROOT, "%10.6f %s", now / 1e9, text));
    }
  }

  void line(long now, Node node, String text, Object detail) {
    digest = (digest * 31 + now) * 31 + node.index * 7L + text.hashCode();
    if (keepsText) {
      String full =
          detail instanceof org.vipd.protocol.machine.TransitionReason reason
              ? text + reason.text()
              : text + detail;
      lines.add(String.format(Locale.ROOT, "%10.6f %s %s", now / 1e9, node, full));
    }
  }

  /** Equal for equal histories. */
  long digest() {
    return digest;
  }

  List<String> lines() {
    return Collections.unmodifiableList(lines);
  }
}
