package org.vipd.protocol.machine;

import java.util.ArrayList;
import java.util.List;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;

/** Writes actions as short words for comparison in tests. */
final class ActionText implements Action.Handler {
  private final List<String> words = new ArrayList<>();

  static List<String> of(List<Action> actions) {
    ActionText text = new ActionText();
    actions.forEach(action -> action.accept(text));
    return text.words;
  }

  @Override
  public void sendAdvertisement(Priority priority) {
    words.add("advertise(" + priority + ")");
  }

  @Override
  public void installAddresses() {
    words.add("install");
  }

  @Override
  public void removeAddresses() {
    words.add("remove");
  }

  @Override
  public void changeAddresses(AddressList before, AddressList after) {
    words.add("change(" + before + "->" + after + ")");
  }

  @Override
  public void announce(int repeat) {
    words.add("announce(" + repeat + ")");
  }

  @Override
  public void publishTransition(StateKind from, StateKind to, TransitionReason reason) {
    words.add("publish(" + from + "->" + to + " " + reason.kind() + ": " + reason.text() + ")");
  }

  @Override
  public void reportConflict(ConflictKind kind, IpAddress address) {
    words.add("conflict(" + kind + " " + address + ")");
  }
}
