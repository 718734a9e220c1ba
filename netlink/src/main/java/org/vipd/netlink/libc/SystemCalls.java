package org.vipd.netlink.libc;

import java.util.Locale;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** Loads the C library once and turns its failures into exceptions. */
public final class SystemCalls {

  private static final String X86_STUBS = "jnr.ffi.x86asm.enabled";

  private final LibC libC;
  private final Runtime runtime;

  private SystemCalls(LibC libC) {
    this.libC = libC;
    this.runtime = Runtime.getRuntime(libC);
  }

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
    return runtime.getLastError();
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

  /** Returns a loader that knows the C names, with the faulty stubs switched off. */
  static LibraryLoader<LibC> loader() {
    if (System.getProperty(X86_STUBS) == null) {
      System.setProperty(X86_STUBS, "false");
    }
    return LibraryLoader.create(LibC.class).mapper((name, context) -> nativeName(name));
  }

  /** Turns {@code timerfdCreate} into {@code timerfd_create}. */
  static String nativeName(String javaName) {
    return javaName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static final class Holder {
    private static final SystemCalls INSTANCE = new SystemCalls(loader().load("c"));
  }
}
