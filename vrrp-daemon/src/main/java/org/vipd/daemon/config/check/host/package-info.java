/**
 * What a check knows of the host that it runs on: interfaces, users, and whether a user can run a
 * program.
 *
 * <p>May use: {@code config} values, {@code config.account}, {@code protocol.value}. Must not use:
 * the rules, the runtime, {@code netlink}.
 */
package org.vipd.daemon.config.check.host;
