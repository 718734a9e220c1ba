package org.vipd.daemon.runtime;

import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.port.PortException;

/** The one chance of a router to go on as the Active that a former process was: its first start. */
final class Resumption {

  /** Older knowledge of the kernel's addresses is looked at again: their leases run on. */
  private static final long FRESH_NANOS = 100_000_000L;

  private final RouterContext context;
  private boolean hasChance;

  /**
   * For one router.
   *
   * @param hasChance whether the daemon has just started; later the addresses may be those of
   *     another router of this daemon
   */
  Resumption(RouterContext context, boolean hasChance) {
    this.context = context;
    this.hasChance = hasChance;
  }

  /** Whether the router resumes; only its first start can. */
  boolean takeChance(InstanceConfig config) {
    boolean resumes = hasChance(config) && isStillPermitted(config);
    hasChance = false;
    return resumes;
  }

  /** Whether the router may resume, as far as is known without another look at the kernel. */
  boolean hasChance(InstanceConfig config) {
    return hasChance && context.resumptionRule().permits(config);
  }

  /**
   * A busy host takes its time from the listing of addresses to the start of the last router; the
   * kernel's reports of what it removed meanwhile have not been read yet.
   */
  private boolean isStillPermitted(InstanceConfig config) {
    InterfaceTable interfaces = context.interfaces();
    if (interfaces.isListedSince(context.clock().nanos() - FRESH_NANOS)) {
      return true;
    }
    try {
      interfaces.list(context.ports().links());
      return context.resumptionRule().permits(config);
    } catch (PortException e) {
      // nobody knows: a Backup claims in a moment, when nobody else has
      return false;
    }
  }
}
