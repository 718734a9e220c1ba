package org.vipd.netlink.libc;

import com.kenai.jffi.LastError;

/** Loads the C library once and turns its failures into exceptions. */
public final class SystemCalls {

  private final LibC libC = new LibC();
  private final LastError lastError = LastError.getInstance();

  private SystemCalls() {}

  /** Returns the one instance; the first call takes tens of milliseconds. Safe from any thread. */
  public static SystemCalls get() {
    return Holder.INSTANCE;
  }

  /** Returns the functions. */
  public LibC libC() {
    return libC;
  }

  /**
   * Returns errno of this thread's last call of {@link #libC()}; nothing may come between the two.
   */
  public int lastErrno() {
    return lastError.get();
  }

  /** Returns the exception for the call that failed just now on this thread. */
  public SyscallException failure(String call, String context) {
    return new SyscallException(call, Errno.of(lastErrno()), context);
  }

  /**
   * Returns the result when it is not negative.
   *
   * @throws SyscallException otherwise
   */
  public int check(int result, String call, String context) {
    if (result < 0) {
      throw failure(call, context);
    }
    return result;
  }

  /**
   * Checks a result that is itself the error number, as of the {@code posix_spawn} functions.
   *
   * @throws SyscallException when it is not 0
   */
  public void checkErrorNumber(int errorNumber, String call, String context) {
    if (errorNumber != 0) {
      throw new SyscallException(call, Errno.of(errorNumber), context);
    }
  }

  private static final class Holder {
    private static final SystemCalls INSTANCE = new SystemCalls();
  }
}
