/**
 * The model of what is set up in the kernel beside virtual addresses: routes, rules, static
 * addresses, virtual interfaces, groups that share a limit.
 *
 * <p>May use: {@code config} values, {@code protocol.value}. Must not use: the runtime, {@code
 * netlink}, any file format.
 */
package org.vipd.daemon.config.network;
