package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.port.Journal;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.RejectReason;

/**
 * Packets for one virtual router that were not accepted: counted, named in the log at most once in
 * ten seconds for each reason and once a second in all, and remembered for status, where they
 * explain two Actives.
 */
final class Rejections {

  private static final long REASON_INTERVAL_NANOS = 10_000_000_000L;
  private static final long LOG_INTERVAL_NANOS = 1_000_000_000L;

  /** Older ones explain nothing any more. */
  private static final long RECENT_NANOS = 60_000_000_000L;

  /** Reasons shown at a time, the newest. */
  private static final int SHOWN_LIMIT = 3;

  private final Journal journal;
  private final RouterCounters counters;
  private final RateLimit complaints = new RateLimit(LOG_INTERVAL_NANOS);
  private final Map<RejectReason, Kind> kinds = new EnumMap<>(RejectReason.class);

  /** Packets rejected for the same reason. */
  private static final class Kind {
    private final RateLimit complaints = new RateLimit(REASON_INTERVAL_NANOS);
    private IpAddress source;
    private DecodeResult.Rejected last;
    private long nanos;

    private Kind(IpAddress source, DecodeResult.Rejected rejected, long nowNanos) {
      again(source, rejected, nowNanos);
    }

    private void again(IpAddress sender, DecodeResult.Rejected rejected, long nowNanos) {
      source = sender;
      last = rejected;
      nanos = nowNanos;
    }

    private String text(Function<IpAddress, String> names) {
      return names.apply(source) + " sends packets for this VRID that are rejected: " + last.text();
    }
  }

  Rejections(Journal journal, RouterCounters counters) {
    this.journal = journal;
    this.counters = counters;
  }

  void take(
      DecodeResult.Rejected rejected, IpEnvelope envelope, InstanceConfig config, long nowNanos) {
    counters.count(rejected.reason());
    Kind kind =
        kinds.computeIfAbsent(
            rejected.reason(), it -> new Kind(envelope.source(), rejected, nowNanos));
    kind.again(envelope.source(), rejected, nowNanos);
    if (kind.complaints.permits(nowNanos, complaints)) {
      long more = kind.complaints.takeSuppressed();
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
              + (more == 0 ? "" : " (and " + more + " others like it)"));
    }
  }

  /**
   * What an operator should know about the last minute, a reason each.
   *
   * @param names how a sender is named
   */
  List<String> recent(Function<IpAddress, String> names, long nowNanos) {
    List<Kind> recent = recent(nowNanos);
    List<String> texts = new ArrayList<>();
    recent.stream().limit(SHOWN_LIMIT).forEach(it -> texts.add(it.text(names)));
    if (!texts.isEmpty()) {
      int more = recent.size() - SHOWN_LIMIT;
      int last = texts.size() - 1;
      texts.set(
          last,
          texts.get(last)
              + (more > 0 ? "; other reasons not shown: " + more : "")
              + "; while that lasts, both may be Active");
    }
    return texts;
  }

  /** The senders that it names. */
  Set<IpAddress> named(long nowNanos) {
    return recent(nowNanos).stream()
        .limit(SHOWN_LIMIT)
        .map(it -> it.source)
        .collect(Collectors.toSet());
  }

  /** The kinds of the last minute, the newest first. */
  private List<Kind> recent(long nowNanos) {
    return kinds.values().stream()
        .filter(it -> nowNanos - it.nanos < RECENT_NANOS)
        .sorted((one, other) -> Long.compare(other.nanos, one.nanos))
        .toList();
  }
}
