package org.vipd.daemon.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.IpEnvelope;

/** Channels in memory. What is sent goes to the trace and to a {@link Wire}. */
public final class FakeChannels implements ChannelPort {

  /** Takes packets away from a host. */
  public interface Wire {
    void carry(IpEnvelope envelope, byte[] payload);
  }

  private static final int PRIORITY_OFFSET = 2;
  private static final int VRID_OFFSET = 1;

  private final Trace trace;
  private final FakeNetwork network;
  private final List<Channel> open = new ArrayList<>();
  private Optional<Wire> wire = Optional.empty();
  private Optional<String> openFailure = Optional.empty();
  private Optional<String> sendFailure = Optional.empty();

  FakeChannels(Trace trace, FakeNetwork network) {
    this.trace = trace;
    this.network = network;
  }

  public void connect(Wire to) {
    wire = Optional.of(to);
  }

  /** Lets opening fail with this message, or succeed again. */
  public void failToOpen(Optional<String> message) {
    openFailure = message;
  }

  /** Lets sending fail with this message, or succeed again. */
  public void failToSend(Optional<String> message) {
    sendFailure = message;
  }

  @Override
  public AdvertisementChannel open(ChannelSpec spec, DatagramReceiver receiver)
      throws PortException {
    if (openFailure.isPresent()) {
      throw new PortException(openFailure.get(), false);
    }
    trace.add("open " + describe(spec));
    Channel channel = new Channel(spec, receiver);
    open.add(channel);
    return channel;
  }

  /** Lets a packet arrive on every open channel that would hear it. */
  public void deliver(IpEnvelope envelope, byte[] payload) {
    for (Channel channel : List.copyOf(open)) {
      if (channel.hears(envelope)) {
        ByteBuffer buffer = ByteBuffer.wrap(payload.clone());
        network.arrive(listener -> channel.receiver.received(envelope, buffer));
      }
    }
  }

  /** Lets a packet with a senseless IP header arrive. */
  public void deliverUnreadable() {
    open.forEach(channel -> network.arrive(listener -> channel.receiver.unreadable()));
  }

  /** Breaks every open channel. */
  public void breakAll(String reason) {
    open.forEach(channel -> network.arrive(listener -> channel.receiver.failed(reason)));
  }

  /** The receiver of the only open channel. */
  public DatagramReceiver onlyReceiver() {
    if (open.size() != 1) {
      throw new IllegalStateException("expected one open channel, found " + open.size());
    }
    return open.get(0).receiver;
  }

  /** How many channels are open. */
  public int openCount() {
    return open.size();
  }

  private static String describe(ChannelSpec spec) {
    String family = spec.family().name().toLowerCase(Locale.ROOT);
    String what =
        spec.group().map(it -> "group " + it).orElseGet(() -> "from " + spec.local().orElseThrow());
    return spec.interfaceName() + " " + family + " " + what;
  }

  /** An open channel. */
  private final class Channel implements AdvertisementChannel {

    private final ChannelSpec spec;
    private final DatagramReceiver receiver;

    Channel(ChannelSpec spec, DatagramReceiver receiver) {
      this.spec = spec;
      this.receiver = receiver;
    }

    boolean hears(IpEnvelope envelope) {
      return envelope.source().family() == spec.family()
          && envelope.destination().equals(spec.group().or(spec::local).orElseThrow());
    }

    @Override
    public void send(ByteBuffer message, IpAddress source, IpAddress destination, Header header)
        throws PortException {
      if (sendFailure.isPresent()) {
        throw new PortException(sendFailure.get(), false);
      }
      if (trace.isRecording()) {
        trace.add(
            "advertise VRID "
                + Byte.toUnsignedInt(message.get(VRID_OFFSET))
                + " priority "
                + Byte.toUnsignedInt(message.get(PRIORITY_OFFSET))
                + " "
                + source
                + " to "
                + destination);
      }
      if (wire.isPresent()) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        wire.get()
            .carry(
                new IpEnvelope(source, destination, header.hopLimit(), header.ipProtocol()), bytes);
      }
    }

    @Override
    public void receiveAuthenticationHeader() {
      trace.add("receive protocol 51 on " + spec.interfaceName());
    }

    @Override
    public void close() {
      trace.add("close " + describe(spec));
      open.remove(this);
    }
  }
}
