package org.vipd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.RejectReason;

/**
 * One channel and the virtual routers that share it; gives each packet to the router of its VRID.
 */
final class Segment implements DatagramReceiver, AutoCloseable {

  private static final int VRIDS = 256;

  private final ChannelSpec spec;
  private final AdvertisementChannel channel;
  private final ManagedRouter[] routers = new ManagedRouter[VRIDS];
  private final SegmentCounters counters;
  private int attached;
  private boolean broken;

  Segment(ChannelSpec spec, ChannelPort port, SegmentCounters counters) throws PortException {
    this.spec = spec;
    this.counters = counters;
    this.channel = port.open(spec, this);
  }

  ChannelSpec spec() {
    return spec;
  }

  void attach(ManagedRouter router) throws PortException {
    if (router.protection().usesHeader()) {
      channel.receiveAuthenticationHeader();
    }
    int vrid = router.config().key().vrid().value();
    attached += routers[vrid] == null ? 1 : 0;
    routers[vrid] = router;
  }

  void detach(ManagedRouter router) {
    int vrid = router.config().key().vrid().value();
    if (routers[vrid] == router) {
      routers[vrid] = null;
      attached--;
    }
  }

  boolean isUnused() {
    return attached == 0;
  }

  boolean isBroken() {
    return broken;
  }

  void prepare(IpAddress source, IpAddress destination, AdvertisementChannel.Header header) {
    channel.prepare(source, destination, header);
  }

  void send(
      ByteBuffer payload,
      IpAddress source,
      IpAddress destination,
      AdvertisementChannel.Header header)
      throws PortException {
    channel.send(payload, source, destination, header);
  }

  @Override
  public void received(IpEnvelope envelope, ByteBuffer payload) {
    int vrid = AdvertisementDecoder.peekVrid(envelope, payload);
    if (vrid < 0) {
      counters.count(RejectReason.PACKET_LENGTH);
    } else if (routers[vrid] == null) {
      counters.count(RejectReason.VRID);
    } else {
      routers[vrid].received(envelope, payload);
    }
  }

  @Override
  public void unreadable() {
    counters.count(RejectReason.PACKET_LENGTH);
  }

  @Override
  public void failed(String reason) {
    broken = true;
    for (ManagedRouter router : routers) {
      if (router != null) {
        router.channelFailed(reason);
      }
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  /** Packets that belong to no virtual router of ours, by reason. Outlives the channel. */
  static final class SegmentCounters {

    private final EnumCounts<RejectReason> rejects = new EnumCounts<>(RejectReason.class);

    void count(RejectReason reason) {
      rejects.add(reason, 1);
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
}
