package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.protocol.machine.ActiveRouter;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.Advertisement;

/**
 * The advertisement that was accepted last, also while the router does not run and its state
 * machine listens to nobody. Taking note of one makes no garbage.
 */
final class LastAdvertisement {

  private static final long NEVER = Long.MIN_VALUE;

  private IpAddress source = new IpAddress(AddressFamily.IPV4, 0, 0);
  private Priority priority = Priority.RESIGN;
  private AdvertInterval interval = AdvertInterval.DEFAULT;
  private long heardAtNanos = NEVER;

  void take(Advertisement advertisement, IpAddress from, long nowNanos) {
    source = from;
    priority = advertisement.priority();
    interval = advertisement.interval();
    heardAtNanos = nowNanos;
  }

  /** Its sender; empty when none was heard. */
  Optional<ActiveRouter> sender() {
    return heardAtNanos == NEVER
        ? Optional.empty()
        : Optional.of(new ActiveRouter(source, priority, interval, heardAtNanos));
  }
}
