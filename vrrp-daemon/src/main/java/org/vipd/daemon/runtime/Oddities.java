package org.vipd.daemon.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SecondsText;
import org.vipd.daemon.port.Journal;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.Notice;

/**
 * What is wrong with packets of one virtual router that were accepted all the same: counted, and
 * named in the log once in five minutes for each sender (RFC 9568 section 7.1: SHOULD log).
 */
final class Oddities {

  private static final Notice[] NOTICES = Notice.values();
  private static final long LOG_INTERVAL_NANOS = 300_000_000_000L;

  /** Senders with a fault of theirs that are told apart; the rest is counted only. */
  private static final int KNOWN_LIMIT = 32;

  private final Journal journal;
  private final RouterCounters counters;
  private final Map<Fault, RateLimit> complaints = new HashMap<>();

  private record Fault(Notice notice, IpAddress source) {}

  Oddities(Journal journal, RouterCounters counters) {
    this.journal = journal;
    this.counters = counters;
  }

  void take(
      DecodeResult.Accepted accepted, IpAddress source, InstanceConfig config, long nowNanos) {
    if (accepted.notices() == 0) {
      return;
    }
    for (Notice notice : NOTICES) {
      if (accepted.has(notice)) {
        counters.count(notice);
        if (isNews(new Fault(notice, source), nowNanos)) {
          journal.warn(text(notice, accepted.advertisement(), source, config));
        }
      }
    }
  }

  private boolean isNews(Fault fault, long nowNanos) {
    if (complaints.size() >= KNOWN_LIMIT && !complaints.containsKey(fault)) {
      return false;
    }
    return complaints
        .computeIfAbsent(fault, it -> new RateLimit(LOG_INTERVAL_NANOS))
        .permits(nowNanos);
  }

  private static String text(
      Notice notice, Advertisement heard, IpAddress source, InstanceConfig config) {
    return config.name()
        + ": packet from "
        + source
        + " on "
        + config.key().interfaceName()
        + " for VRID "
        + config.key().vrid().value()
        + " accepted, but: "
        + notice.text()
        + difference(notice, heard, config);
  }

  private static String difference(Notice notice, Advertisement heard, InstanceConfig config) {
    return switch (notice) {
      case INTERVAL_MISMATCH ->
          " (expected "
              + seconds(config.election().interval())
              + ", found "
              + seconds(heard.interval())
              + ")";
      case ADDRESS_LIST_MISMATCH ->
          " (expected " + config.advertisedAddresses() + ", found " + heard.addresses() + ")";
      case FIRST_ADDRESS_NOT_LINK_LOCAL -> " (found " + heard.addresses().get(0) + ")";
      case NO_ADDRESSES, UNSIGNED, CLOCK_SKEW -> "";
    };
  }

  private static String seconds(AdvertInterval interval) {
    return SecondsText.of(Duration.ofNanos(interval.nanos()));
  }
}
