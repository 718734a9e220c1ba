package org.vipd.daemon.cli;

import java.util.stream.Collectors;
import org.vipd.daemon.status.EventRecord;

/** An event in a line for people. */
final class EventText {

  private EventText() {}

  static String line(EventRecord event) {
    String why =
        event.causes().stream()
            .map(cause -> cause.text().strip().replace('\n', ' '))
            .collect(Collectors.joining(", because "));
    String head = event.at() + "  " + event.name() + "  ";
    if (event.kind().equals("stall")) {
      return head + why;
    }
    String what =
        switch (event.kind()) {
          case "priority" -> "priority " + event.priority() + " as " + event.state();
          case "rival" -> "another one is Active";
          default -> event.before() + " -> " + event.state() + ", priority " + event.priority();
        };
    return head + what + (why.isEmpty() ? "" : ": " + why);
  }
}
