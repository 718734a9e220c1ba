package org.vipd.netlink.route;

import org.vipd.netlink.libc.Errno;

/**
 * What the kernel answered about one route of a batch.
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

  /** Returns whether a route with the same table, destination and metric was there before. */
  public boolean isExisting() {
    return errno.equals(Errno.EEXIST);
  }

  /** Returns whether there is no such route, or nothing it could lead over any more. */
  public boolean isMissing() {
    return errno.equals(Errno.ESRCH)
        || errno.equals(Errno.ENOENT)
        || errno.equals(Errno.ENODEV)
        || errno.equals(Errno.ENETDOWN);
  }
}
