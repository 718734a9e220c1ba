/**
 * Tells receivers outside the daemon what happens: pipes, mail, a web address, and everybody who
 * follows the events on the control socket. Each receiver has a thread of its own, and for each
 * instance and group at most one notice that waits.
 *
 * <p>May use: {@code config} with {@code config.keepalived.text.SecretFile}, {@code event}, {@code
 * port}, {@code status}, Jakarta Mail, Gson. Must not use: {@code runtime}, {@code netlink},
 * protocol state.
 */
package org.vipd.daemon.notify;
