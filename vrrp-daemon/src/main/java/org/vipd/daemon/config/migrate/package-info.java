/**
 * Makes a {@code vipd.yaml} of a {@code keepalived.conf}, and says of each line what became of it.
 * What a line is worth is found by leaving it out and comparing the models.
 *
 * <p>May use: {@code config} values, {@code config.keepalived} and its texts, {@code
 * config.yaml.write}, the key table. Must not use: the runtime, {@code netlink}, {@code
 * config.check}.
 */
package org.vipd.daemon.config.migrate;
