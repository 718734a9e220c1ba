package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/** Words for tests of the receive ladder: one local router, packets to it, results. */
final class Decoding {
  static final IpAddress PEER = Frames.address("192.0.2.11");
  static final IpAddress US = Frames.address("192.0.2.12");
  static final IpAddress PEER6 = Frames.address("fe80::11");

  private Decoding() {}

  static AddressList list(String... literals) {
    List<IpAddress> addresses = Stream.of(literals).map(Frames::address).toList();
    return AddressList.of(addresses.get(0).family(), addresses);
  }

  static ReceivePolicy v2() {
    return multicast(VrrpVersion.V2, list("192.0.2.1"));
  }

  static ReceivePolicy v3() {
    return multicast(VrrpVersion.V3, list("192.0.2.1"));
  }

  static ReceivePolicy v3Ipv6() {
    return multicast(VrrpVersion.V3, list("fe80::1", "2001:db8::1"));
  }

  static ReceivePolicy multicast(VrrpVersion version, AddressList addresses) {
    return ReceivePolicy.of(
        new LocalRouter(version, Vrid.of(1), AdvertInterval.DEFAULT, addresses),
        Delivery.multicast(Set.of()));
  }

  static ReceivePolicy unicast(ReceivePolicy base, int minimumHopLimit) {
    return ReceivePolicy.of(
        base.local(),
        Delivery.unicast(Set.of(US), Map.of(PEER, new HopRange(minimumHopLimit, 255))));
  }

  static Advertisement advertisement(ReceivePolicy policy, int priority) {
    return advertisement(policy, priority, policy.local().addresses());
  }

  static Advertisement advertisement(ReceivePolicy policy, int priority, AddressList addresses) {
    LocalRouter local = policy.local();
    return new Advertisement(
        local.version(), local.vrid(), Priority.of(priority), local.interval(), addresses);
  }

  /** Encodes by the policy's own authentication and decodes again. */
  static DecodeResult roundTrip(ReceivePolicy policy, Advertisement sent, ChecksumForm form) {
    IpEnvelope envelope = envelope(policy);
    ByteBuffer buffer = ByteBuffer.allocate(4200);
    AdvertisementEncoder.encode(
        sent,
        new SendPolicy(policy.authentication(), form),
        envelope.source(),
        envelope.destination(),
        buffer);
    return AdvertisementDecoder.decode(envelope, buffer.flip(), policy);
  }

  static IpEnvelope envelope(ReceivePolicy policy) {
    boolean isIpv6 = policy.local().family() == AddressFamily.IPV6;
    return new IpEnvelope(
        isIpv6 ? PEER6 : PEER, IpAddress.vrrpGroup(policy.local().family()), 255, IpEnvelope.VRRP);
  }

  static DecodeResult decode(ReceivePolicy policy, String hex) {
    return AdvertisementDecoder.decode(envelope(policy), Frames.bytes(hex), policy);
  }

  static DecodeResult decode(ReceivePolicy policy, IpEnvelope envelope, String hex) {
    return AdvertisementDecoder.decode(envelope, Frames.bytes(hex), policy);
  }
}
