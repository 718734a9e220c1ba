package org.vipd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.ConflictKind;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.TransitionReason;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.HopRange;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.SendPolicy;

/**
 * Carries the actions of one virtual router out, strictly in their order. A failure is counted and
 * said, and never stops what comes after it.
 */
final class RouterEffects implements Action.Handler, AnnouncementPacer.Owner {

  /** Larger than any advertisement that fits a packet. */
  private static final int BUFFER_BYTES = 4200;

  private static final long COMPLAINT_INTERVAL_NANOS = 10_000_000_000L;

  private final RouterContext context;
  private final RouterCounters counters;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final RateLimit sendComplaints = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private final RateLimit conflictComplaints = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private final Holdings holdings;
  private final ManagedRouter router;
  private final Map<Integer, Long> announcedFrom = new HashMap<>();
  private Advertisement advertisement;

  RouterEffects(RouterContext context, ManagedRouter router, RouterCounters counters) {
    this.context = context;
    this.router = router;
    this.counters = counters;
    this.holdings = new Holdings(context, router, counters);
    this.advertisement = build(router.config(), router.config().election().priority());
  }

  /** What the router has in the kernel. */
  Holdings holdings() {
    return holdings;
  }

  /** Gets channel and addresses ready for the first advertisement. */
  void prepareToSend() {
    holdings.prepare();
    Optional<Segment> segment = router.segment();
    if (segment.isPresent()) {
      IpAddress source = router.primaryAddress();
      for (IpAddress destination : router.config().transport().destinations()) {
        segment.get().prepare(source, destination, header());
      }
    }
  }

  @Override
  public void sendAdvertisement(Priority priority) {
    InstanceConfig config = router.config();
    if (!advertisement.priority().equals(priority)) {
      advertisement = build(config, priority);
    }
    boolean isSent = false;
    if (config.transport() instanceof Transport.Multicast multicast) {
      isSent = send(multicast.group());
    } else if (config.transport() instanceof Transport.Unicast unicast) {
      for (int i = 0; i < unicast.peers().size(); i++) {
        isSent |= send(unicast.peers().get(i));
      }
    }
    counters.count(RouterCounter.ADVERTISEMENTS_SENT);
    if (priority.isResign()) {
      counters.count(RouterCounter.PRIORITY_ZERO_SENT);
    } else if (isSent) {
      // others claim the addresses of a router that they do not hear
      holdings.advertised();
    }
  }

  /** Forgets prepared messages after a change of the configuration. */
  void configurationChanged() {
    holdings.configurationChanged();
    advertisement = build(router.config(), router.config().election().priority());
  }

  private static Advertisement build(InstanceConfig config, Priority priority) {
    return new Advertisement(
        config.version(),
        config.key().vrid(),
        priority,
        config.election().interval(),
        config.advertisedAddresses());
  }

  private boolean send(IpAddress destination) {
    Optional<Segment> segment = router.segment();
    if (segment.isEmpty()) {
      return false;
    }
    IpAddress source = router.primaryAddress();
    SendPolicy policy = router.sendPolicy();
    buffer.clear();
    AdvertisementEncoder.encode(advertisement, policy, source, destination, buffer);
    buffer.flip();
    try {
      segment.get().send(buffer, source, destination, header());
      router.protection().sent();
      return true;
    } catch (PortException e) {
      counters.count(RouterCounter.SEND_ERRORS);
      complain(sendComplaints, "advertisement not sent: " + e.getMessage());
      return false;
    }
  }

  private AdvertisementChannel.Header header() {
    Protection protection = router.protection();
    boolean multicast = router.config().transport() instanceof Transport.Multicast;
    int hopLimit = multicast ? HopRange.UNFORWARDED : router.config().wire().hopLimits().sent();
    if (protection.usesHeader()) {
      return new AdvertisementChannel.Header(
          IpEnvelope.AUTHENTICATION_HEADER, hopLimit, protection.identification());
    }
    return hopLimit == HopRange.UNFORWARDED
        ? AdvertisementChannel.Header.VRRP
        : new AdvertisementChannel.Header(IpEnvelope.VRRP, hopLimit, 0);
  }

  /** Another advertisement than the election asks for: what follows is safe only after one. */
  void advertiseNow() {
    sendAdvertisement(router.machine().config().effectivePriority());
  }

  @Override
  public void installAddresses() {
    holdings.install();
  }

  /** Installs and announces the next portion, when there is one. */
  void continueInstalling(long nowNanos) {
    announce(holdings.continueInstalling(nowNanos));
  }

  @Override
  public void removeAddresses() {
    context.tables().announcements().cancel(this);
    holdings.removeAll();
  }

  @Override
  public void changeAddresses(AddressList before, AddressList after) {
    // the announcement that follows is an action of its own
    holdings.adjust();
  }

  /**
   * Brings the held addresses in line with the configuration and asks again for those that were
   * refused; announces those that are new.
   */
  void reconcileAddresses() {
    adjustAddresses();
    holdings.changeLease();
  }

  /** The same, but those that stay keep their lease. */
  void adjustAddresses() {
    announce(holdings.adjust());
  }

  /** Puts back an address that another program removed; false when it was there after all. */
  boolean restore(LocalAddress lost) {
    List<VirtualAddressConfig> added = holdings.restore(lost);
    announce(added);
    return !added.isEmpty();
  }

  @Override
  public void announce(int repeat) {
    // only what this node really has: hosts must not be led to an address that nobody answers for
    announce(holdings.addresses().list(), repeat);
  }

  private void announce(List<VirtualAddressConfig> addresses) {
    if (addresses.isEmpty()) {
      // most turns
      return;
    }
    announce(addresses, router.config().election().announcements().repeat());
  }

  private void announce(List<VirtualAddressConfig> addresses, int repeat) {
    for (int round = 0; round < repeat; round++) {
      for (VirtualAddressConfig address : addresses) {
        announceOnce(address);
      }
    }
  }

  /** An interface that got another hardware address: neighbours have to hear of it. */
  void announceChangedHardware() {
    List<VirtualAddressConfig> moved = new ArrayList<>();
    for (VirtualAddressConfig address : holdings.addresses().list()) {
      Optional<LinkState> link = context.interfaces().link(router.config().deviceOf(address));
      boolean isOther =
          link.isPresent()
              && announcedFrom.getOrDefault(link.get().index(), link.get().mac())
                  != link.get().mac();
      if (isOther) {
        moved.add(address);
      }
    }
    if (!moved.isEmpty()) {
      String line =
          ": the hardware address of the interface changed, addresses are announced again";
      context.ports().journal().info(router.config().name() + line);
      announce(moved);
    }
  }

  private void announceOnce(VirtualAddressConfig address) {
    Optional<LinkState> link = context.interfaces().link(router.config().deviceOf(address));
    if (link.isEmpty()) {
      return;
    }
    announcedFrom.put(link.get().index(), link.get().mac());
    long pauseNanos = router.config().wire().announceInterval().toNanos();
    context.tables().announcements().announce(this, link.get(), address.address(), pauseNanos);
  }

  @Override
  public void announced() {
    counters.count(RouterCounter.ANNOUNCEMENTS_SENT);
  }

  @Override
  public void announcementFailed(String cause) {
    counters.count(RouterCounter.SEND_ERRORS);
    complain(sendComplaints, "announcement not sent: " + cause);
  }

  @Override
  public void publishTransition(StateKind from, StateKind to, TransitionReason reason) {
    router.transitioned(from, to, reason);
  }

  @Override
  public void reportConflict(ConflictKind kind, IpAddress address) {
    counters.count(RouterCounter.CONFLICTS);
    complain(conflictComplaints, kind.text() + ", seen from " + address);
  }

  private void complain(RateLimit limit, String text) {
    if (limit.permits(context.clock().nanos())) {
      long more = limit.takeSuppressed();
      String suffix = more == 0 ? "" : " (and " + more + " more like this)";
      context.ports().journal().warn(router.config().name() + ": " + text + suffix);
    }
  }
}
