package org.vipd.netlink.route;

import org.vipd.netlink.address.IpFamily;

/**
 * Which rule the kernel reports as removed.
 *
 * @param family IPv4 or IPv6
 * @param priority its place; 0 when the report names none
 * @param table number of the table it looks into; 0 when it looks into none
 * @param protocol of whom it is; 0 when the report does not say
 */
public record RemovedRule(IpFamily family, long priority, long table, int protocol) {}
