package org.vipd.netlink.route;

import org.vipd.netlink.libc.Errno;

/**
 * What the kernel answered about one route or rule of a batch.
 *
 * @param errno 0 when it was done
 * @param explanation the kernel's words, or empty
 */
public record RouteOutcome(Errno errno, String explanation) {

  /** Done. */
  static final RouteOutcome DONE = new RouteOutcome(Errno.of(0), "");

  /** Returns whether it was done. */
  public boolean isDone() {
    return errno.number() == 0;
  }

  /**
   * Returns whether there was one like it before: for a route, table, destination and metric count.
   */
  public boolean isExisting() {
    return errno.equals(Errno.EEXIST);
  }

  /** Returns whether there is none, or nothing that a route could lead over any more. */
  public boolean isMissing() {
    return errno.equals(Errno.ESRCH)
        || errno.equals(Errno.ENOENT)
        || errno.equals(Errno.ENODEV)
        || errno.equals(Errno.ENETDOWN);
  }
}
