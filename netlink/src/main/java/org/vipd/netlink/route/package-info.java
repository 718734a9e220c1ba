/**
 * Links, addresses and routes of the running kernel through rtnetlink: list, change in batches,
 * follow changes.
 *
 * <p>May use: {@code message}, {@code socket}, {@code libc}, {@code address}. Must not use: {@code
 * com.kenai}, a logger.
 */
package org.vipd.netlink.route;
