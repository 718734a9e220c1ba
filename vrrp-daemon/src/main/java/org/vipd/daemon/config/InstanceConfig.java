package org.vipd.daemon.config;

import java.util.List;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.RouterKey;
import org.vipd.protocol.value.VrrpVersion;

/**
 * One virtual router as configured.
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param key interface, address family and VRID: its identity, also across reloads
 * @param version protocol version spoken and accepted
 * @param election priority, interval and preemption
 * @param transport how advertisements travel
 * @param authentication how its packets are protected
 * @param wire what else packets look like
 * @param addresses the virtual addresses in advertised order; a VRRPv2 instance may have none
 * @param tracks the health checks that decide about it
 * @param hooks the notify scripts
 * @param extras what not every instance has
 */
public record InstanceConfig(
    String name,
    Place place,
    RouterKey key,
    VrrpVersion version,
    ElectionConfig election,
    Transport transport,
    AuthenticationConfig authentication,
    WireConfig wire,
    List<VirtualAddressConfig> addresses,
    List<CheckTrack> tracks,
    HookConfig hooks,
    InstanceExtras extras) {

  public InstanceConfig {
    addresses = List.copyOf(addresses);
    tracks = List.copyOf(tracks);
  }

  /** An instance without extras. */
  public InstanceConfig(
      String name,
      Place place,
      RouterKey key,
      VrrpVersion version,
      ElectionConfig election,
      Transport transport,
      AuthenticationConfig authentication,
      WireConfig wire,
      List<VirtualAddressConfig> addresses,
      List<CheckTrack> tracks,
      HookConfig hooks) {
    this(
        name,
        place,
        key,
        version,
        election,
        transport,
        authentication,
        wire,
        addresses,
        tracks,
        hooks,
        InstanceExtras.NONE);
  }

  /** What makes it unique on a host, in one word: another version is another router. */
  public String identity() {
    return key + "/v" + version.number();
  }

  /** The same instance with other checks and trackers. */
  public InstanceConfig withTracks(List<CheckTrack> others, List<NamedTrack> otherTracks) {
    return with(addresses, others, extras.withTracks(otherTracks));
  }

  /**
   * The same without what is said although it is understood: the instance's own interface as device
   * of an address. Two configurations that mean the same are then equal.
   */
  InstanceConfig withImpliedDevices() {
    List<VirtualAddressConfig> implied =
        addresses.stream().map(it -> it.withImpliedDevice(key.interfaceName())).toList();
    return implied.equals(addresses) ? this : with(implied, tracks, extras);
  }

  private InstanceConfig with(
      List<VirtualAddressConfig> others, List<CheckTrack> otherTracks, InstanceExtras otherExtras) {
    return new InstanceConfig(
        name,
        place,
        key,
        version,
        election,
        transport,
        authentication,
        wire,
        others,
        otherTracks,
        hooks,
        otherExtras);
  }

  /**
   * The addresses that advertisements carry, in configured order; for IPv6 the first link-local one
   * leads (RFC 9568 section 5.2.9).
   */
  public AddressList advertisedAddresses() {
    AddressList listed =
        AddressList.of(
            key.family(),
            addresses.stream()
                .filter(VirtualAddressConfig::isAdvertised)
                .map(VirtualAddressConfig::address)
                .toList());
    return key.family() == AddressFamily.IPV6 ? listed.withLinkLocalFirst() : listed;
  }

  /** The interface a virtual address goes to. */
  public String deviceOf(VirtualAddressConfig address) {
    return address.device().orElse(key.interfaceName());
  }
}
