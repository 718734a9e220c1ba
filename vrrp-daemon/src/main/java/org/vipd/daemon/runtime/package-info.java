/**
 * The loop thread and everything it owns: virtual routers, interfaces, channels, checks, counters.
 * Nothing here is shared with another thread except the event queue.
 *
 * <p>May use: {@code config}, {@code event}, {@code port}, {@code status}, {@code tracking}, {@code
 * protocol.*}. Must not use: {@code linux}, {@code netlink}, any logger: messages go to the {@code
 * Journal}.
 */
package org.vipd.daemon.runtime;
