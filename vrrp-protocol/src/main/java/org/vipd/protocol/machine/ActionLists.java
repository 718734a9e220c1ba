package org.vipd.protocol.machine;

import java.util.ArrayList;
import java.util.List;
import org.vipd.protocol.machine.Action.SendAdvertisement;
import org.vipd.protocol.value.Priority;

/** The most frequent list of actions, "send one advertisement", made once per priority. */
final class ActionLists {
  private final List<List<Action>> byPriority;

  ActionLists() {
    List<List<Action>> lists = new ArrayList<>(256);
    for (int value = 0; value < 256; value++) {
      lists.add(List.of(new SendAdvertisement(Priority.of(value))));
    }
    byPriority = List.copyOf(lists);
  }

  List<Action> with(Priority priority) {
    return byPriority.get(priority.value());
  }
}
