/**
 * Files and processes that instances depend on, watched on a thread of their own.
 *
 * <p>May use: {@code config}, {@code config.track}, {@code event}, {@code port}. Must not use:
 * {@code runtime}, {@code netlink}, protocol state.
 */
package org.vipd.daemon.watch;
