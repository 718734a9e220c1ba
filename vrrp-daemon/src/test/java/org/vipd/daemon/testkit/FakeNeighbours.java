package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.port.HardwareAddress;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.NeighbourListener;
import org.vipd.daemon.port.NeighbourPort;
import org.vipd.daemon.port.NeighbourWatch;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.IpAddress;

/** Neighbours that answer for the addresses they are given; nobody answers otherwise. */
public final class FakeNeighbours implements NeighbourPort {

  private final FakeNetwork network;
  private final Map<IpAddress, Long> owners = new HashMap<>();
  private final List<IpAddress> asked = new ArrayList<>();
  private final List<Watch> open = new ArrayList<>();
  private Optional<Long> proxy = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private Optional<String> mute = Optional.empty();
  private boolean isQuiet;

  FakeNeighbours(FakeNetwork network) {
    this.network = network;
  }

  /** A host has an address from now on. */
  public void give(String address, long mac) {
    owners.put(IpAddress.parse(address).orElseThrow(), mac);
  }

  /** Nobody has the address any more. */
  public void take(String address) {
    owners.remove(IpAddress.parse(address).orElseThrow());
  }

  /** A host answers for every address. */
  public void answerForAll(long mac) {
    proxy = Optional.of(mac);
  }

  /** Lets listening fail with this message. */
  public void fail(String message) {
    failure = Optional.of(message);
  }

  /** Lets questions over this interface fail. */
  public void refuseQuestions(String interfaceName) {
    mute = Optional.of(interfaceName);
  }

  /** Lets listening succeed again. */
  public void recover() {
    failure = Optional.empty();
  }

  /** Whether no frame arrives at all. */
  public void beQuiet(boolean quiet) {
    isQuiet = quiet;
  }

  /** Lets a frame with an advertisement pass whoever listens. */
  public void advertise(String source, long mac) {
    IpAddress address = IpAddress.parse(source).orElseThrow();
    for (Watch watch : open) {
      network.arrive(it -> watch.listener.advertises(new HardwareAddress(mac), address));
    }
  }

  /** Which addresses were asked for, in order. */
  public List<IpAddress> asked() {
    return List.copyOf(asked);
  }

  /** How many interfaces are listened on. */
  public int openCount() {
    return open.size();
  }

  @Override
  public NeighbourWatch watch(LinkState link, NeighbourListener listener) throws PortException {
    if (failure.isPresent()) {
      throw new PortException(failure.get(), false);
    }
    Watch watch = new Watch(link, listener);
    open.add(watch);
    return watch;
  }

  /** Somebody listens. */
  private final class Watch implements NeighbourWatch {

    private final LinkState link;
    private final NeighbourListener listener;

    Watch(LinkState link, NeighbourListener listener) {
      this.link = link;
      this.listener = listener;
    }

    @Override
    public void ask(IpAddress address) throws PortException {
      if (mute.filter(link.name()::equals).isPresent()) {
        throw new PortException("sendmsg: ENOBUFS", false);
      }
      asked.add(address);
      Optional.ofNullable(owners.get(address))
          .or(() -> proxy)
          .ifPresent(mac -> network.arrive(it -> listener.has(new HardwareAddress(mac), address)));
    }

    @Override
    public boolean hasReceived() {
      return !isQuiet;
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }
}
