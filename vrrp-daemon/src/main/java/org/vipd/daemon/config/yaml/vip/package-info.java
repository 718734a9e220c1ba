/**
 * Makes virtual routers of the section {@code vips} of a {@code vipd.yaml}: what this node is in
 * the cluster, its interface, its peers, and two tied routers where both families are asked for.
 *
 * <p>May use: {@code config} values, {@code config.yaml.key}, {@code protocol} values. Must not
 * use: the runtime, files.
 */
package org.vipd.daemon.config.yaml.vip;
