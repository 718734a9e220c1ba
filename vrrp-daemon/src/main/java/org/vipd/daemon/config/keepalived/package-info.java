/**
 * keepalived's configuration language: text to a tree with places, tree to the model.
 *
 * <p>May use: {@code daemon.config}, {@code daemon.config.account}, {@code protocol.*}. Must not
 * use: the runtime, {@code netlink}. What a keyword means is decided here; what the daemon does
 * with it is decided elsewhere.
 */
package org.vipd.daemon.config.keepalived;
