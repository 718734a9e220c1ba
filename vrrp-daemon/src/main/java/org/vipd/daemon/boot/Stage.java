package org.vipd.daemon.boot;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.NetworkPort;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.SendPolicy;

/**
 * Where {@link Rehearsal} plays: real sockets on the loopback interface, never a wait, and a rival
 * that speaks on cue.
 */
final class Stage implements NetworkPort, ChannelPort, AutoCloseable {

  private static final String LOOPBACK = "lo";
  private static final int LOOPBACK_INDEX = 1;
  private static final int HOP_LIMIT = 255;
  private static final int MESSAGE_BYTES = 64;
  private static final IpAddress RIVAL = IpAddress.parse("192.0.2.3").orElseThrow();
  private static final IpAddress GROUP = IpAddress.parse("224.0.0.18").orElseThrow();
  private static final IpAddress VIRTUAL = IpAddress.parse("192.0.2.1").orElseThrow();

  /** A clock that is set by hand. */
  static final class StageClock implements NanoClock {

    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    void advance(long byNanos) {
      nanos += byNanos;
    }
  }

  private final LinuxNetwork network;
  private final IpEnvelope envelope = new IpEnvelope(RIVAL, GROUP, HOP_LIMIT, IpEnvelope.VRRP);
  private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
  private Optional<DatagramReceiver> receiver = Optional.empty();
  private Optional<AdvertisementChannel> channel = Optional.empty();
  private boolean rivalIsDue;

  Stage(LinuxNetwork network) {
    this.network = network;
    Advertisement stronger =
        new Advertisement(
            VrrpVersion.V2,
            new Vrid(1),
            new Priority(200),
            AdvertInterval.DEFAULT,
            AddressList.of(AddressFamily.IPV4, List.of(VIRTUAL)));
    AdvertisementEncoder.encode(stronger, SendPolicy.DEFAULT, RIVAL, GROUP, message);
    message.flip();
  }

  /** The next {@link #await} delivers an advertisement with a higher priority. */
  void letRivalSpeak() {
    rivalIsDue = true;
  }

  @Override
  public String delayCause(long lateNanos) {
    return "";
  }

  @Override
  public void await(long deadlineNanos, LinkListener listener) {
    network.await(0, listener);
    if (rivalIsDue) {
      rivalIsDue = false;
      receiver.ifPresent(it -> it.received(envelope, message.duplicate()));
    }
  }

  @Override
  public void wakeUp() {
    network.wakeUp();
  }

  @Override
  public AdvertisementChannel open(ChannelSpec spec, DatagramReceiver to) throws PortException {
    receiver = Optional.of(to);
    ChannelSpec harmless =
        new ChannelSpec(LOOPBACK_INDEX, LOOPBACK, spec.family(), spec.group(), spec.local());
    AdvertisementChannel opened = network.open(harmless, to);
    channel = Optional.of(opened);
    return opened;
  }

  @Override
  public void close() {
    channel.ifPresent(AdvertisementChannel::close);
  }
}
