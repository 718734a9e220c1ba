/**
 * Child processes at a fraction of the cost of {@code ProcessBuilder}: own process group, clean
 * descriptors, watched by a descriptor.
 *
 * <p>May use: {@code libc}. Must not use: {@code socket}, {@code com.kenai}, a logger.
 */
package org.vipd.netlink.process;
