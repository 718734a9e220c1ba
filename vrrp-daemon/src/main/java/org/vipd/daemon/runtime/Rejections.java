package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.port.Journal;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.IpEnvelope;

/**
 * Packets for one virtual router that were not accepted: counted, named in the log at most once in
 * ten seconds, and remembered for status, where they explain two Actives.
 */
final class Rejections {

  private static final long LOG_INTERVAL_NANOS = 10_000_000_000L;

  /** Older ones explain nothing any more. */
  private static final long RECENT_NANOS = 60_000_000_000L;

  private final Journal journal;
  private final RouterCounters counters;
  private final RateLimit complaints = new RateLimit(LOG_INTERVAL_NANOS);
  private Optional<Last> last = Optional.empty();

  private record Last(IpAddress source, String text, long nanos) {}

  Rejections(Journal journal, RouterCounters counters) {
    this.journal = journal;
    this.counters = counters;
  }

  void take(
      DecodeResult.Rejected rejected, IpEnvelope envelope, InstanceConfig config, long nowNanos) {
    counters.count(rejected.reason());
    last = Optional.of(new Last(envelope.source(), rejected.text(), nowNanos));
    if (complaints.permits(nowNanos)) {
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

  /** What an operator should know about the last minute. */
  Optional<String> recent(long nowNanos) {
    return last.filter(it -> nowNanos - it.nanos() < RECENT_NANOS)
        .map(
            it ->
                it.source()
                    + " sends packets for this VRID that are rejected: "
                    + it.text()
                    + "; while that lasts, both may be Active");
  }
}
