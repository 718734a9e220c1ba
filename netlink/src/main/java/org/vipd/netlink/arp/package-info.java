/**
 * Frames of the address resolution protocol (RFC 826, RFC 5227).
 *
 * <p>May use: {@code address}. Must not use: any socket.
 */
package org.vipd.netlink.arp;
