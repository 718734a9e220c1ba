/**
 * What happens to files: inotify.
 *
 * <p>May use: {@code libc}. Must not use: anything else of this library.
 */
package org.vipd.netlink.watch;
