/**
 * BFD sessions that instances depend on, kept up on a thread of their own. The protocol itself is
 * in {@code org.vipd.protocol.bfd}; why not on the loop is in
 * docs/decisions/0030-bfd-beside-the-loop.md.
 *
 * <p>May use: {@code config}, {@code config.global}, {@code config.track}, {@code event}, {@code
 * port}, {@code status}, the protocol's addresses and BFD. Must not use: {@code runtime}, {@code
 * netlink}.
 */
package org.vipd.daemon.bfd;
