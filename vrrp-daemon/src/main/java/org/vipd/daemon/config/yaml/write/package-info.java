/**
 * Writes models as {@code vipd.yaml}.
 *
 * <p>May use: {@code config} values, {@code config.yaml.key}, {@code protocol} values. Must not
 * use: the runtime, files, the readers.
 */
package org.vipd.daemon.config.yaml.write;
