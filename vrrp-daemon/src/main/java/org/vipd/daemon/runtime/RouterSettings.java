package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ElectionConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.WireConfig;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.LinkState;
import org.vipd.protocol.machine.Election;
import org.vipd.protocol.machine.Identity;
import org.vipd.protocol.machine.Preemption;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.ChecksumPolicy;
import org.vipd.protocol.wire.Delivery;
import org.vipd.protocol.wire.HopRange;
import org.vipd.protocol.wire.LocalRouter;
import org.vipd.protocol.wire.ReceivePolicy;
import org.vipd.protocol.wire.SendPolicy;

/** Translates an instance of the configuration into the settings of codec and state machine. */
final class RouterSettings {

  private RouterSettings() {}

  /** The address that stands for "none yet". */
  static IpAddress unspecified(AddressFamily family) {
    return new IpAddress(family, 0, 0);
  }

  static RouterConfig machine(InstanceConfig config, Priority effective, IpAddress primary) {
    ElectionConfig election = config.election();
    return new RouterConfig(
        new Identity(config.version(), config.key().family(), config.key().vrid()),
        new Election(
            election.priority(),
            effective,
            election.interval(),
            new Preemption(election.preempts(), election.preemptDelay().toNanos()),
            election.behaviour()),
        config.advertisedAddresses(),
        primary,
        election.announcements());
  }

  static ReceivePolicy receivePolicy(
      InstanceConfig config, Protection protection, IpAddress primary) {
    return new ReceivePolicy(
        new LocalRouter(
            config.version(),
            config.key().vrid(),
            config.election().interval(),
            config.advertisedAddresses()),
        delivery(config, Set.of(primary)),
        protection.authentication(),
        ChecksumPolicy.AUTO,
        config.wire().strictness());
  }

  private static Delivery delivery(InstanceConfig config, Set<IpAddress> own) {
    if (config.transport() instanceof Transport.Multicast multicast) {
      return Delivery.multicast(own, multicast.group());
    }
    WireConfig.HopLimits limits = config.wire().hopLimits();
    Map<IpAddress, HopRange> peers = new HashMap<>();
    for (IpAddress peer : config.transport().destinations()) {
      peers.put(peer, new HopRange(limits.lowest(), limits.highest()));
    }
    return Delivery.unicast(own, peers);
  }

  /** How packets are sent; without a configured checksum form, that of the Active heard last. */
  static SendPolicy sendPolicy(InstanceConfig config, Protection protection, ChecksumForm heard) {
    return new SendPolicy(protection.authentication(), config.wire().checksum().orElse(heard));
  }

  /** The channel on which this instance speaks. */
  static ChannelSpec channel(InstanceConfig config, LinkState link, IpAddress primary) {
    Optional<IpAddress> group = Optional.empty();
    Optional<IpAddress> local = Optional.empty();
    if (config.transport() instanceof Transport.Multicast multicast) {
      group = Optional.of(multicast.group());
    } else {
      local = Optional.of(primary);
    }
    return new ChannelSpec(link.index(), link.name(), config.key().family(), group, local);
  }
}
