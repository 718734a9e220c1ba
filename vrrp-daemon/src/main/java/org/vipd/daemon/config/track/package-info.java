/**
 * The model of what an instance can depend on beside scripts: interfaces, files, processes, BFD
 * sessions.
 *
 * <p>May use: {@code config} values, {@code protocol.value}. Must not use: the runtime, {@code
 * netlink}, any file format.
 */
package org.vipd.daemon.config.track;
