package org.vipd.daemon.port;

import org.vipd.daemon.config.RoutingEntry;

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

  /** Somebody else removed a route or a rule of ours, or one that looks like it. */
  default void routingEntryRemoved(RoutingEntry.Loss loss) {
    // who installs none misses none
  }

  /** Changes were lost: everything has to be listed again. */
  void resynchronize();
}
