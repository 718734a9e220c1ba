/**
 * Netlink messages and attributes as bytes: writing, reading, and the kernel's error answers; no
 * system call.
 *
 * <p>May use: {@code address}. Must not use: {@code libc}, {@code socket}, {@code route}.
 */
package org.vipd.netlink.message;
