/**
 * From the bytes of a {@code vipd.yaml} to YAML nodes with places: limits, what is refused of YAML,
 * included files, and the search for places.
 *
 * <p>May use: {@code config} values, {@code config.yaml.key}, {@code config.keepalived.text} (files
 * and patterns), {@code protocol.value}. Must not use: the runtime, the other packages of {@code
 * config.yaml}.
 */
package org.vipd.daemon.config.yaml.text;
