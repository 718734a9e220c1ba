package org.vipd.protocol.machine;

import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;

/** One thing to do, strictly in the order of the list that it stands in. */
public sealed interface Action {

  /** Hands this action to its method of the handler. */
  void accept(Handler handler);

  /**
   * Send one advertisement with the current configuration.
   *
   * @param priority to write into it; 0 to resign
   */
  record SendAdvertisement(Priority priority) implements Action {
    @Override
    public void accept(Handler handler) {
      handler.sendAdvertisement(priority);
    }
  }

  /** Put the virtual addresses on the interface. */
  record InstallAddresses() implements Action {
    @Override
    public void accept(Handler handler) {
      handler.installAddresses();
    }
  }

  /** Take the virtual addresses off the interface. */
  record RemoveAddresses() implements Action {
    @Override
    public void accept(Handler handler) {
      handler.removeAddresses();
    }
  }

  /**
   * The list of addresses changed while Active: install what is new, remove what is gone.
   *
   * @param before addresses that were installed
   * @param after addresses that shall be installed
   */
  record ChangeAddresses(AddressList before, AddressList after) implements Action {
    @Override
    public void accept(Handler handler) {
      handler.changeAddresses(before, after);
    }
  }

  /**
   * Announce each address by gratuitous ARP or unsolicited NA.
   *
   * @param repeat packets per address, 1 or more
   */
  record Announce(int repeat) implements Action {
    @Override
    public void accept(Handler handler) {
      handler.announce(repeat);
    }
  }

  /**
   * Tell everybody about a change of state.
   *
   * @param from state before
   * @param to state after
   * @param reason why
   */
  record PublishTransition(StateKind from, StateKind to, TransitionReason reason)
      implements Action {
    @Override
    public void accept(Handler handler) {
      handler.publishTransition(from, to, reason);
    }
  }

  /**
   * Count, and log at a limited rate, that two routers cannot both be configured right.
   *
   * @param kind what is wrong
   * @param address of the other router
   */
  record ReportConflict(ConflictKind kind, IpAddress address) implements Action {
    @Override
    public void accept(Handler handler) {
      handler.reportConflict(kind, address);
    }
  }

  /** Carries actions out; one method per kind of action. */
  interface Handler {
    /** Sends one advertisement with the current configuration and this priority. */
    void sendAdvertisement(Priority priority);

    /** Installs the virtual addresses; already installed counts as done. */
    void installAddresses();

    /** Removes the virtual addresses; already removed counts as done. */
    void removeAddresses();

    /** Installs and removes the difference of two lists. */
    void changeAddresses(AddressList before, AddressList after);

    /** Announces each address this many times. */
    void announce(int repeat);

    /** Publishes a change of state. */
    void publishTransition(StateKind from, StateKind to, TransitionReason reason);

    /** Counts and logs a conflict. */
    void reportConflict(ConflictKind kind, IpAddress address);
  }
}
