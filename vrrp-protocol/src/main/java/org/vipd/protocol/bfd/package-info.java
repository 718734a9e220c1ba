/**
 * Bidirectional Forwarding Detection without clock, thread and socket: control packets as bytes and
 * as values, and one session as a function of time and of what was heard (RFC 5880).
 *
 * <p>May use: nothing of ours. Must not use: {@code wire}, {@code machine}, sockets, clocks,
 * loggers. Malformed input is a result, never an exception.
 */
package org.vipd.protocol.bfd;
