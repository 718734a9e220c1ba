/**
 * What the daemon needs from the world, in the words of the domain; one adapter per port lives in
 * {@code daemon.linux}.
 *
 * <p>May use: {@code protocol.value}, {@code protocol.wire}, {@code daemon.config}, {@code
 * daemon.event}, {@code daemon.status}. Must not use: {@code netlink}, {@code runtime}.
 */
package org.vipd.daemon.port;
