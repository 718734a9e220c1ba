/**
 * Which virtual routers of two nodes are the same one, when they cannot be told by the VRID alone.
 *
 * <p>May use: the model in {@code config}, {@code config.check.host.HostView.Network}, {@code
 * protocol.value}. Must not use: the rules, any file format.
 */
package org.vipd.daemon.config.check.cluster;
