package org.vipd.daemon.runtime;

import java.util.Set;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.port.AddressInstall;

/** An address of an Active, and until when the kernel keeps it unless it is asked again. */
final class LeasedAddress implements Comparable<LeasedAddress> {

  private final AddressInstall install;
  private AddressInstall shortened;
  private long endNanos;
  private long formerEndNanos;

  LeasedAddress(AddressInstall install, long endNanos) {
    this.install = install;
    this.shortened = install;
    this.endNanos = endNanos;
    this.formerEndNanos = endNanos;
  }

  AddressInstall install() {
    return install;
  }

  long endNanos() {
    return endNanos;
  }

  /** What to ask the kernel for, so that it keeps the address for some seconds from now on. */
  AddressInstall extend(int seconds, long nowNanos) {
    if (shortened.lease().seconds() != seconds) {
      shortened = install.withLease(new Lease(seconds));
    }
    AddressInstall asked = install.lease().seconds() == seconds ? install : shortened;
    formerEndNanos = endNanos;
    endNanos = nowNanos + asked.lease().nanos();
    return asked;
  }

  /** The kernel refused what was asked for last: the address goes when it would have gone. */
  void takeBack() {
    endNanos = Math.min(endNanos, formerEndNanos);
  }

  /** Whether a request was for this address. */
  boolean isOf(Set<AddressInstall> requests) {
    return requests.contains(install) || requests.contains(shortened);
  }

  /** The one that the kernel takes first comes first. */
  @Override
  public int compareTo(LeasedAddress other) {
    return Long.signum(endNanos - other.endNanos);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
