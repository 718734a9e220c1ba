package org.vipd.netlink.process;

import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SystemCalls;

/** Lets threads run before all ordinary ones, and keeps the memory of the process where it is. */
public final class RealTime {

  /** The calling thread. */
  public static final int THIS_THREAD = 0;

  /** SCHED_FIFO with SCHED_RESET_ON_FORK (sched.h): children are ordinary processes again. */
  private static final int FIRST_IN_FIRST_OUT = 1 | 0x4000_0000;

  /** MCL_CURRENT, MCL_FUTURE and MCL_ONFAULT (sys/mman.h): only what is used is kept. */
  private static final int ALL_THAT_IS_USED = 7;

  private static final int PARAMETERS_LENGTH = 4;

  private RealTime() {}

  /**
   * Gives a thread a real-time priority.
   *
   * @param threadId kernel's number of the thread, or {@link #THIS_THREAD}
   * @param priority 1..99
   * @throws org.vipd.netlink.libc.SyscallException when that is not permitted
   */
  public static void schedule(int threadId, int priority) {
    SystemCalls calls = SystemCalls.get();
    try (NativeMemory parameters = NativeMemory.scoped(PARAMETERS_LENGTH)) {
      parameters.buffer().putInt(0, priority);
      calls.check(
          calls.libC().schedSetscheduler(threadId, FIRST_IN_FIRST_OUT, parameters.address()),
          "sched_setscheduler",
          "priority " + priority);
    }
  }

  /**
   * Keeps every page that is used from now on in memory.
   *
   * @throws org.vipd.netlink.libc.SyscallException when that is not permitted
   */
  public static void lockMemory() {
    SystemCalls calls = SystemCalls.get();
    calls.check(calls.libC().mlockall(ALL_THAT_IS_USED), "mlockall", "all pages in use");
  }
}
