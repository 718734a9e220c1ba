package org.vipd.daemon.config.yaml.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ElectionConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.WireConfig;
import org.vipd.daemon.config.network.VirtualInterface;
import org.vipd.protocol.machine.AnnouncePolicy;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.authentication.HmacKey;
import org.vipd.protocol.wire.authentication.HmacSettings;

/** Writes one virtual router. */
final class VipWriter {

  private final YamlWriter.Style style;
  private final Parts parts;

  VipWriter(YamlWriter.Style style) {
    this.style = style;
    this.parts = new Parts(style);
  }

  Keys vip(InstanceConfig it) {
    Keys keys = style.keys("vip", it.place());
    keys.put("interface", it.key().interfaceName());
    keys.put("vrid", it.key().vrid().value());
    keys.put("priority", it.election().priority().value());
    keys.put("version", it.version().number());
    keys.put("addresses", it.addresses().stream().map(parts::address).toList());
    family(keys, it);
    election(keys, it);
    keys.put("start", it.extras().startsAsMaster() ? "master" : "backup");
    keys.put("strict", it.extras().isStrict());
    transport(keys, it);
    wire(keys, it);
    keys.put("authentication", authentication(it));
    keys.put("announce", announce(it));
    keys.put("checks", parts.checks(it.tracks()));
    keys.put("track", parts.tracks(it.extras().tracks()));
    keys.put("notify", parts.hooks(it.hooks()));
    keys.put("virtual-interface", virtualInterface(it.extras().virtualInterface()));
    keys.put("routes", it.extras().routes().stream().map(parts::entry).toList());
    keys.put("rules", it.extras().rules().stream().map(parts::entry).toList());
    return keys.put("options", parts.options(it.extras().settings()));
  }

  private static void family(Keys keys, InstanceConfig it) {
    AddressFamily told =
        it.addresses().stream()
            .filter(VirtualAddressConfig::isAdvertised)
            .map(address -> address.address().family())
            .findFirst()
            .orElse(AddressFamily.IPV4);
    keys.putUnless("family", name(it.key().family()), name(told));
  }

  private static String name(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "ipv4" : "ipv6";
  }

  private static void election(Keys keys, InstanceConfig it) {
    ElectionConfig election = it.election();
    Lease.Patience patience =
        new Lease.Patience(
            it.version(), election.interval(), election.behaviour().downTimerAdverts());
    keys.put("interval", Duration.ofNanos(election.interval().nanos()));
    keys.putUnless(
        "lease",
        Duration.ofSeconds(election.lease().seconds()),
        Duration.ofSeconds(Lease.longest(patience).seconds()));
    keys.put("preempt", election.preempts());
    keys.put("preempt-delay", election.preemptDelay());
  }

  private static void transport(Keys keys, InstanceConfig it) {
    keys.putIf("source", it.transport().source().map(Object::toString));
    if (it.transport() instanceof Transport.Unicast unicast) {
      keys.put("peers", unicast.peers().stream().map(Object::toString).toList());
    } else if (it.transport() instanceof Transport.Multicast multicast) {
      IpAddress usual = IpAddress.vrrpGroup(it.key().family());
      keys.putUnless("group", multicast.group().toString(), usual.toString());
    }
  }

  private void wire(Keys keys, InstanceConfig it) {
    WireConfig wire = it.wire();
    keys.put("checksum", checksum(wire.checksum()));
    boolean refuses = it.extras().isStrict() && !it.election().priority().isOwner();
    keys.putUnless("accept", wire.accepts(), !refuses);
    keys.put(
        "hop-limit",
        style
            .keys("hop-limit")
            .put("send", wire.hopLimits().sent())
            .put("lowest", wire.hopLimits().lowest())
            .put("highest", wire.hopLimits().highest()));
  }

  private static String checksum(Optional<ChecksumForm> form) {
    return form.map(it -> it == ChecksumForm.MESSAGE_ONLY ? "message" : "pseudo-header")
        .orElse("follow");
  }

  private Keys announce(InstanceConfig it) {
    AnnouncePolicy policy = it.election().announcements();
    AnnouncePolicy.Rival usual =
        it.extras().isStrict() ? new AnnouncePolicy.Rival(0, 0) : AnnouncePolicy.DEFAULT.rival();
    return style
        .keys("announce")
        .put("repeat", policy.repeat())
        .put("delay", Duration.ofNanos(policy.delayNanos()))
        .put("refresh", Duration.ofNanos(policy.refreshNanos()))
        .put("refresh-repeat", policy.refreshRepeat())
        .putUnless("rival-repeat", policy.rival().repeat(), usual.repeat())
        .putUnless(
            "rival-delay",
            Duration.ofNanos(policy.rival().delayNanos()),
            Duration.ofNanos(usual.delayNanos()))
        .put("interval", it.wire().announceInterval());
  }

  private Keys authentication(InstanceConfig it) {
    Keys keys = style.keys("authentication");
    if (it.authentication() instanceof AuthenticationConfig.Password password) {
      return keys.put("type", "password").put("secret", style.secret(password.secret()));
    }
    if (it.authentication() instanceof AuthenticationConfig.Header header) {
      return keys.put("type", "header").put("secret", style.secret(header.secret()));
    }
    if (it.authentication() instanceof AuthenticationConfig.Trailer trailer) {
      hmac(keys, trailer.settings(), it.election().interval().nanos());
    }
    return keys;
  }

  private void hmac(Keys keys, HmacSettings settings, long intervalNanos) {
    List<Object> all = new ArrayList<>();
    for (HmacKey key : settings.keys()) {
      all.add(
          style
              .keys("hmac-key")
              .put("id", key.id())
              .put("secret", style.secret(key.configuredText())));
    }
    keys.put("type", "hmac").put("keys", all).put("active-key", settings.activeKeyId());
    keys.put("replay", settings.antiReplay().name().toLowerCase(Locale.ROOT));
    keys.putUnless(
        "window",
        Duration.ofSeconds(settings.windowSeconds()),
        Duration.ofSeconds(HmacSettings.defaultWindowSeconds(intervalNanos)));
    keys.put("mode", settings.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private Keys virtualInterface(VirtualInterface virtual) {
    Keys keys = style.keys("virtual-interface");
    if (virtual instanceof VirtualInterface.Ipvlan it) {
      keys.put("kind", "ipvlan").putIf("name", it.name());
      keys.putIf("address", it.address()).put("mode", it.mode());
    }
    if (virtual instanceof VirtualInterface.Macvlan it) {
      keys.put("kind", "macvlan").putIf("name", it.name()).putIf("mac", it.mac());
      keys.put("transmit-on-base", it.transmitsOnBase());
      keys.put("cover-addresses", it.coversAddresses()).putIf("group", it.group());
    }
    return keys;
  }
}
