/**
 * What {@code vipd check} finds and prints: the rules that look at meaning instead of spelling, and
 * the forms of its output.
 *
 * <p>May use: the model in {@code config} and its sub-packages, {@code protocol.value}, {@code
 * protocol.wire} (sizes), {@code config.keepalived.text.TextFile} (lines to show). Must not use:
 * the runtime, {@code netlink}; what it needs to know of the host comes through {@link
 * org.vipd.daemon.config.check.host.HostView}.
 */
package org.vipd.daemon.config.check;
