/**
 * The configuration model: what an operator asked for, as immutable records, and every problem
 * found while reading it.
 *
 * <p>May use: {@code protocol.value}, {@code protocol.wire} (authentication and checksum settings),
 * {@code protocol.machine.AnnouncePolicy}, {@code protocol.machine.Behaviour}. Must not use: the
 * runtime, {@code netlink}, any file format; the formats live in sub-packages and produce this
 * model.
 */
package org.vipd.daemon.config;
