/**
 * The control socket: JSON lines over a Unix stream socket, one request and one answer per line.
 *
 * <p>May use: {@code event}, {@code status}, {@code port}, {@code config.LoadResult}, {@code port}
 * (journal, clock), Gson. Must not use: {@code runtime} state, {@code netlink}.
 */
package org.vipd.daemon.control;
