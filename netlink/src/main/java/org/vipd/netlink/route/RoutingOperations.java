package org.vipd.netlink.route;

import java.util.List;

/** What can be asked of the kernel about routes and rules; each call returns when it is done. */
public interface RoutingOperations {

  /**
   * Adds routes and rules in their order. A route whose table, destination and metric some route
   * has already is not added, nor is a rule that is there.
   *
   * @return one outcome for each, in the same order
   * @throws org.vipd.netlink.libc.SyscallException when the kernel does not answer
   */
  List<RouteOutcome> add(List<? extends RoutingRequest> requests);

  /**
   * Removes routes and rules; only what is alike in everything but its options is.
   *
   * @return one outcome for each, in the same order
   * @throws org.vipd.netlink.libc.SyscallException when the kernel does not answer
   */
  List<RouteOutcome> remove(List<? extends RoutingRequest> requests);

  /** Returns the number by which the kernel tells who asked. */
  int port();
}
