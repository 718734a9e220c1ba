package org.vipd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.IpEnvelope;

/**
 * One channel and the virtual routers that share it; gives each packet to the router of its VRID.
 */
final class Segment implements DatagramReceiver, AutoCloseable {

  private static final int VRIDS = 256;
  private static final int EXPECTED_SHOWN = 5;

  private final ChannelSpec spec;
  private final AdvertisementChannel channel;
  private final ManagedRouter[] routers = new ManagedRouter[VRIDS];
  private final Strangers strangers;
  private String expected = "";
  private int attached;
  private boolean broken;

  Segment(ChannelSpec spec, ChannelPort port, Strangers strangers) throws PortException {
    this.spec = spec;
    this.strangers = strangers;
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
    nameExpected();
  }

  void detach(ManagedRouter router) {
    int vrid = router.config().key().vrid().value();
    if (routers[vrid] == router) {
      routers[vrid] = null;
      attached--;
      nameExpected();
    }
  }

  private void nameExpected() {
    expected =
        IntStream.range(0, VRIDS)
            .filter(vrid -> routers[vrid] != null)
            .limit(EXPECTED_SHOWN)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" or "));
    expected += attached > EXPECTED_SHOWN ? " or others" : "";
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
      strangers.tooShort(envelope.source(), payload.remaining());
    } else if (routers[vrid] == null) {
      strangers.foreign(envelope.source(), vrid, expected);
    } else {
      routers[vrid].received(envelope, payload);
    }
  }

  @Override
  public void unreadable() {
    strangers.unreadable();
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
}
