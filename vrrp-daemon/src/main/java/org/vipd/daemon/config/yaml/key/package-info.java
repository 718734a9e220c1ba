/**
 * What may stand in a {@code vipd.yaml}: the table of keys, the shapes of values, and what is made
 * of both: typed sections, the JSON Schema and the tables of the documentation.
 *
 * <p>May use: {@code config} values, the keyword table of {@code config.keepalived}, {@code
 * config.keepalived.text.SecretFile}, {@code protocol.value}. Must not use: the runtime, the other
 * packages of {@code config.yaml}.
 */
package org.vipd.daemon.config.yaml.key;
