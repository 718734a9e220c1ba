package org.vipd.netlink.route;

import org.vipd.netlink.address.InterfaceIndex;

/** Hears of changes to links and addresses, in the order in which they happened. */
public interface RouteListener {

  /** A link appeared or changed; called also when nothing of interest changed. */
  void linkChanged(Link link);

  /** A link went away. */
  void linkRemoved(InterfaceIndex index, String name);

  /** An address appeared, changed or was refreshed. */
  void addressAdded(InterfaceAddress address);

  /** An address went away. */
  void addressRemoved(InterfaceAddress address);

  /** Events were lost: list everything again. */
  void resynchronize();
}
