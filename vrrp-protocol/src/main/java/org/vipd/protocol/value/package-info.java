/**
 * Values of the protocol that cannot be wrong once they exist: identifiers, priorities, intervals,
 * addresses.
 *
 * <p>May use: the JDK. Must not use: any other package of this project, clocks, I/O, loggers.
 */
package org.vipd.protocol.value;
