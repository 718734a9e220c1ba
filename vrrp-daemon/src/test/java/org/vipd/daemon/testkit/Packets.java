package org.vipd.daemon.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.Authentication;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.NoAuthentication;
import org.vipd.protocol.wire.SendPolicy;

/** Advertisements of VRID 51 with the address 10.0.0.100, as a neighbour would send them. */
public final class Packets {

  private static final IpAddress GROUP = IpAddress.vrrpGroup(AddressFamily.IPV4);

  private Packets() {}

  /** An envelope from a neighbour to the VRRP group. */
  public static IpEnvelope from(String source) {
    return from(source, 255);
  }

  /** An envelope with a hop limit of choice. */
  public static IpEnvelope from(String source, int hopLimit) {
    return new IpEnvelope(address(source), GROUP, hopLimit, IpEnvelope.VRRP);
  }

  /** A message of version 2, one second. */
  public static byte[] version2(int priority, String source, Authentication authentication) {
    return encode(VrrpVersion.V2, priority, source, authentication);
  }

  /** A message of version 3, one second, with a checksum of choice. */
  public static byte[] version3(int priority, String source, ChecksumForm form) {
    Advertisement advertisement = advertisement(VrrpVersion.V3, priority);
    return encode(advertisement, new SendPolicy(NoAuthentication.INSTANCE, form), source);
  }

  /** A message of version 2 from 10.0.0.9 for another VRID; its address ends with VRID + 49. */
  public static byte[] advertisement(int vrid, int priority) {
    return advertisement(vrid, priority, List.of("10.0.0." + (vrid + 49)));
  }

  /** A message of version 2 from 10.0.0.9 for a VRID with addresses. */
  public static byte[] advertisement(int vrid, int priority, List<String> addresses) {
    Advertisement advertisement =
        new Advertisement(
            VrrpVersion.V2,
            new Vrid(vrid),
            Priority.of(priority),
            AdvertInterval.ofSeconds(1),
            AddressList.of(AddressFamily.IPV4, addresses.stream().map(Packets::address).toList()));
    return encode(advertisement, "10.0.0.9", new NoAuthentication());
  }

  private static byte[] encode(
      VrrpVersion version, int priority, String source, Authentication authentication) {
    return encode(advertisement(version, priority), source, authentication);
  }

  private static Advertisement advertisement(VrrpVersion version, int priority) {
    return new Advertisement(
        version,
        new Vrid(51),
        Priority.of(priority),
        AdvertInterval.ofSeconds(1),
        AddressList.of(AddressFamily.IPV4, List.of(address("10.0.0.100"))));
  }

  private static byte[] encode(
      Advertisement advertisement, String source, Authentication authentication) {
    SendPolicy policy = new SendPolicy(authentication, ChecksumForm.PSEUDO_HEADER);
    return encode(advertisement, policy, source);
  }

  private static byte[] encode(Advertisement advertisement, SendPolicy policy, String source) {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    int length = AdvertisementEncoder.encode(advertisement, policy, address(source), GROUP, buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  /** An address of a literal. */
  public static IpAddress address(String literal) {
    return IpAddress.parse(literal).orElseThrow();
  }
}
