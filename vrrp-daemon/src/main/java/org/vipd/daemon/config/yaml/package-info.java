/**
 * Reads {@code vipd.yaml}, the native language: strict, the same file on every node, with the model
 * of {@code config} as its result.
 *
 * <p>May use: {@code config} values, the other packages of {@code config.yaml}, {@code
 * protocol.value}. Must not use: the runtime, {@code netlink}, {@code config.keepalived} except for
 * its keyword table and its host.
 */
package org.vipd.daemon.config.yaml;
