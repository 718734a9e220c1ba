/**
 * Reads a configuration in either language, told apart by content.
 *
 * <p>May use: {@code config} values and its readers. Must not use: the runtime, {@code netlink}.
 */
package org.vipd.daemon.config.file;
