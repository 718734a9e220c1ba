/**
 * The election as a pure function: state, configuration, input and time in; next state and ordered
 * actions out.
 *
 * <p>May use: {@code value}, and {@code wire.Advertisement}. Must not use: bytes, clocks, threads,
 * loggers. {@link org.vipd.protocol.machine.VirtualRouter} is the only mutable class.
 */
package org.vipd.protocol.machine;
