package org.vipd.netlink.libc;

import java.nio.ByteBuffer;

/**
 * How long this machine has been suspended since it was started: what CLOCK_BOOTTIME counts and
 * CLOCK_MONOTONIC, which is Java's {@link System#nanoTime}, does not (linux/time.h, time(7)). A
 * virtual machine that its host pauses is not suspended in this sense. For one thread.
 */
public final class SuspendedTime {

  private static final int CLOCK_BOOTTIME = 7;

  private static final int TIMESPEC_LENGTH = 16;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final SystemCalls calls = SystemCalls.get();
  private final NativeMemory timespec = NativeMemory.kept(TIMESPEC_LENGTH);

  /**
   * How long it has been, in nanoseconds; never more than it was, and less by the time between two
   * readings of a clock.
   *
   * @throws SyscallException when the kernel has no such clock (before Linux 2.6.39)
   */
  public long nanos() {
    calls.check(
        calls.libC().clockGettime(CLOCK_BOOTTIME, timespec.address()),
        "clock_gettime",
        "CLOCK_BOOTTIME");
    ByteBuffer read = timespec.buffer();
    long bootNanos = read.getLong(0) * NANOS_PER_SECOND + read.getLong(Long.BYTES);
    return bootNanos - System.nanoTime();
  }
}
