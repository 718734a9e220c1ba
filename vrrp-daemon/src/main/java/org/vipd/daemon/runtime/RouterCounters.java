package org.vipd.daemon.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.Notice;
import org.vipd.protocol.wire.RejectReason;

/** Counters of one virtual router. Counting allocates nothing. */
final class RouterCounters {

  private final EnumCounts<RouterCounter> counts = new EnumCounts<>(RouterCounter.class);
  private final EnumCounts<RejectReason> rejects = new EnumCounts<>(RejectReason.class);
  private final EnumCounts<Notice> notices = new EnumCounts<>(Notice.class);

  void count(RouterCounter counter) {
    counts.add(counter, 1);
  }

  void add(RouterCounter counter, long amount) {
    counts.add(counter, amount);
  }

  void count(RejectReason reason) {
    rejects.add(reason, 1);
  }

  void count(Notice notice) {
    notices.add(notice, 1);
  }

  /** Counts an accepted advertisement, and which of two forms an IPv4 checksum of version 3 had. */
  void accepted(InstanceConfig config, DecodeResult.Accepted accepted) {
    count(RouterCounter.ADVERTISEMENTS_RECEIVED);
    if (accepted.advertisement().priority().isResign()) {
      count(RouterCounter.PRIORITY_ZERO_RECEIVED);
    }
    if (config.version() == VrrpVersion.V3 && config.key().family() == AddressFamily.IPV4) {
      boolean messageOnly = accepted.form() == ChecksumForm.MESSAGE_ONLY;
      count(
          messageOnly ? RouterCounter.CHECKSUM_MESSAGE_ONLY : RouterCounter.CHECKSUM_PSEUDO_HEADER);
    }
  }

  /** All counters by name; reasons that share a name are added up. */
  Map<String, Long> toMap() {
    Map<String, Long> map = new LinkedHashMap<>();
    for (RouterCounter counter : RouterCounter.values()) {
      map.merge(counter.metricName(), counts.get(counter), Long::sum);
    }
    for (RejectReason reason : RejectReason.values()) {
      map.merge(reason.metricName(), rejects.get(reason), Long::sum);
    }
    for (Notice notice : Notice.values()) {
      map.merge(notice.metricName(), notices.get(notice), Long::sum);
    }
    return map;
  }
}
