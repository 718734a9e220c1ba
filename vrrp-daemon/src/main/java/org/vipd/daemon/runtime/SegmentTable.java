package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.status.DaemonStatus.InterfaceStatus;
import org.vipd.protocol.value.AddressFamily;

/** The open channels; one per interface and family serves all virtual routers on it. */
final class SegmentTable implements AutoCloseable {

  private final ChannelPort port;
  private final Map<ChannelSpec, Segment> segments = new HashMap<>();
  private final Journal journal;
  private final NanoClock clock;
  private final Map<String, Strangers> strangers = new LinkedHashMap<>();

  /**
   * No channel is open.
   *
   * @param clock for how often stray packets are said
   */
  SegmentTable(ChannelPort port, Journal journal, NanoClock clock) {
    this.port = port;
    this.journal = journal;
    this.clock = clock;
  }

  /** The segment for a channel, opened when it is the first use, with the router attached to it. */
  Segment attach(ChannelSpec spec, ManagedRouter router) throws PortException {
    Segment segment = segments.get(spec);
    if (segment == null || segment.isBroken()) {
      if (segment != null) {
        segment.close();
      }
      segment = new Segment(spec, port, strangersOn(spec));
      segments.put(spec, segment);
    }
    segment.attach(router);
    return segment;
  }

  /** Detaches a router; the channel is closed when nobody uses it any more. */
  void detach(Segment segment, ManagedRouter router) {
    segment.detach(router);
    if (segment.isUnused()) {
      segments.remove(segment.spec(), segment);
      segment.close();
    }
  }

  List<InterfaceStatus> status() {
    return strangers.entrySet().stream()
        .map(entry -> new InterfaceStatus(entry.getKey(), entry.getValue().toMap()))
        .toList();
  }

  private Strangers strangersOn(ChannelSpec spec) {
    String family = spec.family() == AddressFamily.IPV4 ? "ipv4" : "ipv6";
    return strangers.computeIfAbsent(
        spec.interfaceName() + "/" + family,
        name -> new Strangers(spec.interfaceName(), journal, clock));
  }

  @Override
  public void close() {
    segments.values().forEach(Segment::close);
    segments.clear();
  }
}
