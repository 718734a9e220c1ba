/**
 * What this daemon put into the kernel, in a file of the runtime directory: written before it is
 * done, read by the next process or by {@code vipd release}.
 *
 * <p>May use: {@code port}, {@code config}, {@code protocol.value}. Must not use: {@code runtime},
 * {@code netlink}.
 */
package org.vipd.daemon.ledger;
