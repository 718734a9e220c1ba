package org.vipd.netlink.route;

import java.util.List;

/** What can be asked of the kernel about routes; each call returns when it is done. */
public interface RoutingOperations {

  /**
   * Adds routes in their order. One whose table, destination and metric some route has already is
   * not added.
   *
   * @return one outcome for each, in the same order
   * @throws org.vipd.netlink.libc.SyscallException when the kernel does not answer
   */
  List<RouteOutcome> add(List<IpRoute> routes);

  /**
   * Removes routes; only one that is alike in everything but its options is.
   *
   * @return one outcome for each, in the same order
   * @throws org.vipd.netlink.libc.SyscallException when the kernel does not answer
   */
  List<RouteOutcome> remove(List<IpRoute> routes);

  /** Returns the number by which the kernel tells who asked. */
  int port();
}
