package org.vipd.netlink.route;

import java.util.List;

/** What can be asked of the kernel about links and addresses; each call returns when it is done. */
public interface RouteOperations {

  /**
   * Lists all links.
   *
   * @throws org.vipd.netlink.libc.SyscallException when the kernel does not answer
   */
  List<Link> links();

  /**
   * Lists all addresses of both families.
   *
   * @throws org.vipd.netlink.libc.SyscallException when the kernel does not answer
   */
  List<InterfaceAddress> addresses();

  /** Adds addresses; one that exists counts as done and keeps its lifetime. */
  BatchResult add(List<AddressRequest> requests);

  /** Removes addresses; one that is missing, or whose interface is, counts as done. */
  BatchResult remove(List<AddressRequest> requests);

  /**
   * The same when others of their networks are to stay: with the first IPv4 address of a network
   * the kernel takes the others away, unless the interface promotes them. Where it does not, it
   * does for the length of the request.
   */
  default BatchResult removeBesideOthers(List<AddressRequest> requests) {
    return remove(requests);
  }

  /**
   * Starts the lifetime of addresses anew. The kernel adds an address that is missing, so stop
   * refreshing before removing.
   */
  BatchResult refresh(List<AddressRequest> requests);

  /** Lets a monitor leave out what the kernel reports of refreshes, where that can be told. */
  default void hideRefreshesFrom(RouteMonitor monitor) {
    // who has no socket has nothing that could be told from others
  }
}
