package org.vipd.netlink.libc;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Arrays;

/**
 * A function of the C library whose parameters and result are integers or addresses. Each travels
 * as a C {@code long}, as the calling conventions of 64-bit Linux allow: a callee reads the lower
 * half of what it declares as {@code int}, and the caller takes the lower half of such a result.
 *
 * <p>A call allocates nothing. errno is kept for the thread: {@link SystemCalls#lastErrno()}.
 */
public final class NativeFunction {

  private static final Invoker INVOKER = Invoker.getInstance();
  private static final Library LIBRARY = Library.getDefault();

  private final String name;
  private final int parameters;
  private final long address;
  private final CallContext context;

  /**
   * Looks a function up; that it is missing is told by the first call.
   *
   * @param name as in C
   * @param parameters how many, 0 to 6
   */
  public NativeFunction(String name, int parameters) {
    this.name = name;
    this.parameters = parameters;
    this.address = LIBRARY.getSymbolAddress(name);
    Type[] types = new Type[parameters];
    Arrays.fill(types, Type.SLONG);
    this.context = CallContext.getCallContext(Type.SLONG, types, CallingConvention.DEFAULT, true);
  }

  /** Returns whether the C library has it. */
  boolean isPresent() {
    return address != 0;
  }

  /** Calls it. */
  public long call(long argument1) {
    return INVOKER.invokeN1(context, entry(1), argument1);
  }

  /** Calls it. */
  public long call(long argument1, long argument2) {
    return INVOKER.invokeN2(context, entry(2), argument1, argument2);
  }

  /** Calls it. */
  public long call(long argument1, long argument2, long argument3) {
    return INVOKER.invokeN3(context, entry(3), argument1, argument2, argument3);
  }

  /** Calls it. */
  public long call(long argument1, long argument2, long argument3, long argument4) {
    return INVOKER.invokeN4(context, entry(4), argument1, argument2, argument3, argument4);
  }

  /** Calls it. */
  public long call(long argument1, long argument2, long argument3, long argument4, long argument5) {
    return INVOKER.invokeN5(
        context, entry(5), argument1, argument2, argument3, argument4, argument5);
  }

  /** Calls it. */
  public long call(
      long argument1,
      long argument2,
      long argument3,
      long argument4,
      long argument5,
      long argument6) {
    return INVOKER.invokeN6(
        context, entry(6), argument1, argument2, argument3, argument4, argument5, argument6);
  }

  /** Name and number of parameters. */
  @Override
  public String toString() {
    return name + "/" + parameters;
  }

  /** The native side counts on as many arguments as the function was declared with. */
  private long entry(int arguments) {
    if (arguments != parameters) {
      throw new IllegalArgumentException(
          name + " takes " + parameters + " arguments, not " + arguments);
    }
    if (address == 0) {
      throw new UnsatisfiedLinkError("the C library has no " + name + ": too old?");
    }
    return address;
  }
}
