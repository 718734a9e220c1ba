package org.vipd.netlink.libc;

import java.util.Map;

/**
 * Why a system call failed (Linux headers errno-base.h and errno.h, generic numbers).
 *
 * @param number 0 or more
 * @param name the symbol, for example {@code ENODEV}, or {@code errno 999} when unknown here
 * @param text a few words
 */
public record Errno(int number, String name, String text) {

  /** Operation not permitted. */
  public static final Errno EPERM = of(1);

  /** No such file or directory. */
  public static final Errno ENOENT = of(2);

  /** No such process. */
  public static final Errno ESRCH = of(3);

  /** Interrupted system call. */
  public static final Errno EINTR = of(4);

  /** Exec format error. */
  public static final Errno ENOEXEC = of(8);

  /** Resource temporarily unavailable. */
  public static final Errno EAGAIN = of(11);

  /** Cannot allocate memory. */
  public static final Errno ENOMEM = of(12);

  /** Permission denied. */
  public static final Errno EACCES = of(13);

  /** File exists. */
  public static final Errno EEXIST = of(17);

  /** No such device. */
  public static final Errno ENODEV = of(19);

  /** Address already in use. */
  public static final Errno EADDRINUSE = of(98);

  /** Cannot assign requested address. */
  public static final Errno EADDRNOTAVAIL = of(99);

  /** Network is down. */
  public static final Errno ENETDOWN = of(100);

  /** No buffer space available. */
  public static final Errno ENOBUFS = of(105);

  /** Bad file descriptor. */
  public static final Errno EBADF = of(9);

  /** Protocol error. */
  public static final Errno EPROTO = of(71);

  /** Connection timed out. */
  public static final Errno ETIMEDOUT = of(110);

  /** Invalid argument. */
  public static final Errno EINVAL = of(22);

  /** Message too long. */
  public static final Errno EMSGSIZE = of(90);

  /** No such device or address. */
  public static final Errno ENXIO = of(6);

  /** Returns the error of a number; an unknown number gets a made-up name. */
  public static Errno of(int number) {
    Errno known = Table.BY_NUMBER.get(number);
    return known == null ? new Errno(number, "errno " + number, "unknown error") : known;
  }

  /** Returns for example {@code ENODEV (No such device)}. */
  @Override
  public String toString() {
    return name + " (" + text + ")";
  }

  private static Map.Entry<Integer, Errno> entry(int number, String name, String text) {
    return Map.entry(number, new Errno(number, name, text));
  }

  private static final class Table {
    private static final Map<Integer, Errno> BY_NUMBER =
        Map.ofEntries(
            entry(1, "EPERM", "Operation not permitted"),
            entry(2, "ENOENT", "No such file or directory"),
            entry(3, "ESRCH", "No such process"),
            entry(4, "EINTR", "Interrupted system call"),
            entry(5, "EIO", "Input/output error"),
            entry(6, "ENXIO", "No such device or address"),
            entry(7, "E2BIG", "Argument list too long"),
            entry(8, "ENOEXEC", "Exec format error"),
            entry(9, "EBADF", "Bad file descriptor"),
            entry(10, "ECHILD", "No child processes"),
            entry(11, "EAGAIN", "Resource temporarily unavailable"),
            entry(12, "ENOMEM", "Cannot allocate memory"),
            entry(13, "EACCES", "Permission denied"),
            entry(14, "EFAULT", "Bad address"),
            entry(16, "EBUSY", "Device or resource busy"),
            entry(17, "EEXIST", "File exists"),
            entry(18, "EXDEV", "Invalid cross-device link"),
            entry(19, "ENODEV", "No such device"),
            entry(20, "ENOTDIR", "Not a directory"),
            entry(21, "EISDIR", "Is a directory"),
            entry(22, "EINVAL", "Invalid argument"),
            entry(23, "ENFILE", "Too many open files in system"),
            entry(24, "EMFILE", "Too many open files"),
            entry(25, "ENOTTY", "Inappropriate ioctl for device"),
            entry(26, "ETXTBSY", "Text file busy"),
            entry(27, "EFBIG", "File too large"),
            entry(28, "ENOSPC", "No space left on device"),
            entry(29, "ESPIPE", "Illegal seek"),
            entry(30, "EROFS", "Read-only file system"),
            entry(31, "EMLINK", "Too many links"),
            entry(32, "EPIPE", "Broken pipe"),
            entry(34, "ERANGE", "Numerical result out of range"),
            entry(35, "EDEADLK", "Resource deadlock avoided"),
            entry(36, "ENAMETOOLONG", "File name too long"),
            entry(38, "ENOSYS", "Function not implemented"),
            entry(40, "ELOOP", "Too many levels of symbolic links"),
            entry(71, "EPROTO", "Protocol error"),
            entry(74, "EBADMSG", "Bad message"),
            entry(75, "EOVERFLOW", "Value too large for defined data type"),
            entry(87, "EUSERS", "Too many users"),
            entry(88, "ENOTSOCK", "Socket operation on non-socket"),
            entry(89, "EDESTADDRREQ", "Destination address required"),
            entry(90, "EMSGSIZE", "Message too long"),
            entry(91, "EPROTOTYPE", "Protocol wrong type for socket"),
            entry(92, "ENOPROTOOPT", "Protocol not available"),
            entry(93, "EPROTONOSUPPORT", "Protocol not supported"),
            entry(95, "EOPNOTSUPP", "Operation not supported"),
            entry(97, "EAFNOSUPPORT", "Address family not supported by protocol"),
            entry(98, "EADDRINUSE", "Address already in use"),
            entry(99, "EADDRNOTAVAIL", "Cannot assign requested address"),
            entry(100, "ENETDOWN", "Network is down"),
            entry(101, "ENETUNREACH", "Network is unreachable"),
            entry(103, "ECONNABORTED", "Software caused connection abort"),
            entry(104, "ECONNRESET", "Connection reset by peer"),
            entry(105, "ENOBUFS", "No buffer space available"),
            entry(106, "EISCONN", "Transport endpoint is already connected"),
            entry(107, "ENOTCONN", "Transport endpoint is not connected"),
            entry(110, "ETIMEDOUT", "Connection timed out"),
            entry(111, "ECONNREFUSED", "Connection refused"),
            entry(112, "EHOSTDOWN", "Host is down"),
            entry(113, "EHOSTUNREACH", "No route to host"),
            entry(114, "EALREADY", "Operation already in progress"),
            entry(115, "EINPROGRESS", "Operation now in progress"));
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Errno that
            && number == that.number
            && name.equals(that.name)
            && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return (number * 31 + name.hashCode()) * 31 + text.hashCode();
  }
}
