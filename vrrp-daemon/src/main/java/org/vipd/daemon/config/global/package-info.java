/**
 * The model of settings that concern the daemon or every instance, and of the settings of an
 * instance that need no record of their own.
 *
 * <p>May use: {@code config} values, {@code protocol.value}. Must not use: the runtime, {@code
 * netlink}, any file format.
 */
package org.vipd.daemon.config.global;
