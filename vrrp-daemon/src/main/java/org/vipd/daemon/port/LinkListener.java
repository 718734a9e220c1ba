package org.vipd.daemon.port;

/** Hears of changes to interfaces and addresses, on the loop thread. */
public interface LinkListener {

  /** The wait has ended; everything delivered after this was there by now. */
  default void woken() {
    // nothing to note
  }

  void linkChanged(LinkState link);

  void linkRemoved(int interfaceIndex);

  void addressAdded(LocalAddress address);

  void addressRemoved(LocalAddress address);

  /** Changes were lost: everything has to be listed again. */
  void resynchronize();
}
