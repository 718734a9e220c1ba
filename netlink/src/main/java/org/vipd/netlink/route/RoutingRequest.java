package org.vipd.netlink.route;

/** What can be added to the kernel's routing and removed from it. */
public sealed interface RoutingRequest permits IpRoute, IpRule {}
