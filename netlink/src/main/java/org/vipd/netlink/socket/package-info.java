/**
 * Sockets and the epoll loop: raw IP, UDP, packet, Unix datagram and netlink sockets. Nothing here
 * allocates per packet, except for UDP, of which there are few.
 *
 * <p>May use: {@code libc}, {@code message}, {@code address}. Must not use: {@code route}, {@code
 * com.kenai}, a logger.
 */
package org.vipd.netlink.socket;
