package org.vipd.netlink.route;

import org.vipd.netlink.address.IpPrefix;

/**
 * Which route the kernel reports as removed: it knows routes by these three.
 *
 * @param destination where it led
 * @param table number of its routing table, 1 or more; 0 when the report names none
 * @param metric 32 bits; 0 when it had none, which only IPv4 routes may
 */
public record RemovedRoute(IpPrefix destination, long table, long metric) {}
