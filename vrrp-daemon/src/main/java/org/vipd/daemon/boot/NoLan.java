package org.vipd.daemon.boot;

import java.nio.ByteBuffer;
import java.util.List;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.AnnouncePort;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.LinkPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.NeighbourListener;
import org.vipd.daemon.port.NeighbourPort;
import org.vipd.daemon.port.NeighbourWatch;
import org.vipd.daemon.port.SequenceStore;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.IpEnvelope;

/** A LAN without wire for {@link WarmUp}: one interface, everything succeeds, nothing happens. */
final class NoLan
    implements LinkPort,
        ChannelPort,
        AddressPort,
        AnnouncePort,
        NeighbourPort,
        SequenceStore,
        DatagramReceiver {

  private static final String INTERFACE = "warm0";

  /** An interface without hardware address: announcements on it are left out. */
  static final LinkState LINK_WITHOUT_NEIGHBOURS = new LinkState(1, "lo", 0, true, 65_536, "");

  static final int INDEX = Integer.MAX_VALUE;
  private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.2").orElseThrow();

  @Override
  public List<LinkState> links() {
    return List.of(new LinkState(INDEX, INTERFACE, 0x0200_0000_0001L, true, 1500, ""));
  }

  @Override
  public List<LocalAddress> addresses() {
    return List.of(new LocalAddress(INDEX, ADDRESS, 24, true));
  }

  @Override
  public AdvertisementChannel open(ChannelSpec spec, DatagramReceiver receiver) {
    return new AdvertisementChannel() {
      @Override
      public void send(ByteBuffer payload, IpAddress source, IpAddress destination, Header header) {
        payload.position(payload.limit());
      }

      @Override
      public void receiveAuthenticationHeader() {
        // nothing arrives
      }

      @Override
      public void close() {
        // nothing was opened
      }
    };
  }

  @Override
  public Installed install(List<AddressInstall> addresses) {
    return Installed.ALL;
  }

  @Override
  public List<Failure> refresh(List<AddressInstall> addresses) {
    return List.of();
  }

  @Override
  public Removed remove(List<AddressInstall> addresses) {
    return new Removed(addresses, List.of());
  }

  @Override
  public void announce(LinkState link, IpAddress address) {
    // nobody is there to hear it
  }

  @Override
  public NeighbourWatch watch(LinkState link, NeighbourListener listener) {
    return new NeighbourWatch() {
      @Override
      public void ask(IpAddress address) {
        // nobody is there to answer
      }

      @Override
      public boolean hasReceived() {
        return true;
      }

      @Override
      public void close() {
        // nothing was opened
      }
    };
  }

  @Override
  public void received(IpEnvelope envelope, ByteBuffer payload) {
    // nobody sends
  }

  @Override
  public void unreadable() {
    // nobody sends
  }

  @Override
  public void failed(String reason) {
    // nothing was opened
  }

  @Override
  public long load(String key, long margin) {
    return 0;
  }

  @Override
  public void save(String key, long sequence) {
    // nothing was sent, so nothing has to be remembered
  }
}
