package org.vipd.daemon.runtime;

import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.port.Journal;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.IpEnvelope;

/** Says at a limited rate which packets of one router are rejected, and why. */
final class Rejections {

  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final Journal journal;
  private final RateLimit complaints = new RateLimit(INTERVAL_NANOS);

  Rejections(Journal journal) {
    this.journal = journal;
  }

  void say(
      InstanceConfig config, DecodeResult.Rejected rejected, IpEnvelope envelope, long nowNanos) {
    if (!complaints.permits(nowNanos)) {
      return;
    }
    long more = complaints.takeSuppressed();
    journal.warn(
        config.name()
            + ": packet from "
            + envelope.source()
            + " on "
            + config.key().interfaceName()
            + " for VRID "
            + config.key().vrid().value()
            + " rejected: "
            + rejected.text()
            + (more == 0 ? "" : " (and " + more + " other rejected packets)"));
  }
}
