package org.vipd.netlink.libc;

/** A system call that failed: which, why, on what, and what is the likely cause. */
public final class SyscallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errorNumber;

  /**
   * Describes a failure.
   *
   * @param call name of the call, for example {@code sendmsg}
   * @param errno why
   * @param context on what, for example {@code eth0 to 224.0.0.18}; may be empty
   */
  public SyscallException(String call, Errno errno, String context) {
    super(describe(call, errno, context));
    this.call = call;
    this.errorNumber = errno.number();
  }

  /** Returns the name of the call. */
  public String call() {
    return call;
  }

  /** Returns why it failed. */
  public Errno errno() {
    return Errno.of(errorNumber);
  }

  private static String describe(String call, Errno errno, String context) {
    String where = context.isEmpty() ? "" : " on " + context;
    String cause = likelyCause(call, errno);
    return call + ": " + errno + where + (cause.isEmpty() ? "" : "; " + cause);
  }

  private static String likelyCause(String call, Errno errno) {
    return switch (errno.name()) {
      case "EPERM", "EACCES" -> refused(call);
      case "EMFILE" -> "raise the limit on open files (LimitNOFILE, ulimit -n)";
      case "ENFILE" -> "the whole system is out of open files (fs.file-max)";
      case "ENODEV" -> "does the interface still exist?";
      case "ENETDOWN" -> "is the interface up?";
      case "ENETUNREACH", "EHOSTUNREACH" -> "is there a route and an address on the interface?";
      case "EADDRNOTAVAIL" -> "is the address configured on this host and not tentative?";
      case "EMSGSIZE" -> "larger than the interface's MTU?";
      case "ENOBUFS" -> "a queue is full: a busy interface, or a limit on socket memory";
      case "ENOENT", "ENOEXEC" ->
          call.equals("posix_spawn") ? "does the program exist, and its interpreter?" : "";
      default -> "";
    };
  }

  private static String refused(String call) {
    return switch (call) {
      case "posix_spawn" -> "is the program executable for this user?";
      case "kill" -> "does the process belong to another user?";
      case "rtnetlink" -> "CAP_NET_ADMIN missing?";
      default -> "CAP_NET_RAW missing?";
    };
  }
}
