package org.vipd.daemon.runtime;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.RejectReason;

/**
 * Packets on one interface that belong to no virtual router of ours: counted by reason, and said at
 * most once in {@value #INTERVAL_SECONDS} seconds. A foreign VRID is said once only, because it is
 * usual that other groups share a network. Outlives the channel.
 */
final class Strangers {

  private static final long INTERVAL_SECONDS = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int SHORTEST_MESSAGE = 8;
  private static final int VRIDS = 256;

  private final String place;
  private final Journal journal;
  private final NanoClock clock;
  private final EnumCounts<RejectReason> rejects = new EnumCounts<>(RejectReason.class);
  private final BitSet known = new BitSet(VRIDS);
  private final RateLimit complaints = new RateLimit(INTERVAL_SECONDS * NANOS_PER_SECOND);

  /**
   * Nobody seen so far.
   *
   * @param place name of the interface
   */
  Strangers(String place, Journal journal, NanoClock clock) {
    this.place = place;
    this.journal = journal;
    this.clock = clock;
  }

  /** A packet that ends before its VRID. */
  void tooShort(IpAddress source, int length) {
    rejects.add(RejectReason.PACKET_LENGTH, 1);
    if (complaints.permits(clock.nanos())) {
      say(
          "packet from "
              + source
              + " on "
              + place
              + " rejected: expected a VRRP message of at least "
              + SHORTEST_MESSAGE
              + " bytes, found "
              + length);
    }
  }

  /** A packet that cannot be taken apart so far that its source is known. */
  void unreadable() {
    rejects.add(RejectReason.PACKET_LENGTH, 1);
    if (complaints.permits(clock.nanos())) {
      say(
          "packet on "
              + place
              + " rejected: expected an advertisement, found an IP header that makes no sense or more"
              + " bytes than any advertisement has");
    }
  }

  /** A packet for a virtual router that is not configured here. */
  void foreign(IpAddress source, int vrid, String expected) {
    rejects.add(RejectReason.VRID, 1);
    if (!known.get(vrid) && complaints.permits(clock.nanos())) {
      known.set(vrid);
      say(
          "packet from "
              + source
              + " on "
              + place
              + " ignored: expected VRID "
              + expected
              + ", found "
              + vrid
              + "; another group on this network, or a mistyped virtual_router_id (said once)");
    }
  }

  private void say(String line) {
    long more = complaints.takeSuppressed();
    journal.warn(more == 0 ? line : line + " (and " + more + " other packets)");
  }

  Map<String, Long> toMap() {
    Map<String, Long> map = new LinkedHashMap<>();
    for (RejectReason reason : RejectReason.values()) {
      if (reason == RejectReason.PACKET_LENGTH || reason == RejectReason.VRID) {
        map.put(reason.metricName(), rejects.get(reason));
      }
    }
    return map;
  }
}
