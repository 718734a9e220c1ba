/**
 * Frames by which a host asks its neighbours whether they have an address, and what they answer:
 * ARP (RFC 826, RFC 5227) and neighbour discovery (RFC 4861, RFC 4862).
 *
 * <p>May use: {@code address}. Must not use: any socket.
 */
package org.vipd.netlink.neighbour;
