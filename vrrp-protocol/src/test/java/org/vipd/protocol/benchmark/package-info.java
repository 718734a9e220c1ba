/**
 * JMH benchmarks of decoder, encoder and machine, with allocation per advertisement.
 *
 * <p>May use: all packages of the module and JMH. Must not use: files, sockets.
 */
package org.vipd.protocol.benchmark;
