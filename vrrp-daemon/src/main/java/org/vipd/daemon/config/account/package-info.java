/**
 * The users and groups that this host lists in its own files.
 *
 * <p>May use: nothing of ours. Must not use: the model, the runtime, {@code netlink}.
 */
package org.vipd.daemon.config.account;
