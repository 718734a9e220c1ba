/**
 * Frames of IPv6 neighbour discovery (RFC 4861).
 *
 * <p>May use: {@code address}. Must not use: any socket.
 */
package org.vipd.netlink.ndp;
