/**
 * The C library as JNR-FFI presents it: calls, errno, native memory and file descriptors.
 *
 * <p>Structure layouts and constants in this module are those of 64-bit Linux with the generic
 * kernel ABI (x86-64, aarch64, riscv64) and glibc 2.34 or later.
 *
 * <p>May use: the JDK and {@code com.kenai.jffi}. Must not use: any other package of this module;
 * no other package may import {@code com.kenai}.
 */
package org.vipd.netlink.libc;
