/**
 * Sockets and the epoll loop: raw IP, packet, Unix datagram and netlink sockets; nothing here
 * allocates per packet.
 *
 * <p>May use: {@code libc}, {@code message}, {@code address}. Must not use: {@code route}, {@code
 * jnr.*}, a logger.
 */
package org.vipd.netlink.socket;
