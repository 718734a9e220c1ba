/**
 * The checks that need no script: what each of them asks.
 *
 * <p>May use: {@code protocol.value}. Must not use: the runtime, {@code netlink}, any file format.
 */
package org.vipd.daemon.config.probe;
