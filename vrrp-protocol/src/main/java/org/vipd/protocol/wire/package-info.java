/**
 * Bytes of advertisements to values and back, with every receive check in one ordered ladder.
 *
 * <p>May use: {@code value}. Must not use: {@code machine}, sockets, clocks, loggers. Malformed
 * input is a result, never an exception.
 */
package org.vipd.protocol.wire;
