package org.vipd.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.Random;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.SendPolicy;

/**
 * Packets that every receiver must reject: sound advertisements of a strong rival, less one thing.
 */
enum Dirt {
  /** A router forwarded it (RFC 9568 section 5.1.1.3). */
  FORWARDED,
  /** It was sent to the host instead of to the group. */
  TO_THE_HOST,
  /** It comes from the receiver's own address. */
  OWN,
  /** One bit is wrong. */
  DAMAGED,
  /** The checksum alone is wrong. */
  WRONG_CHECKSUM,
  /** The end is missing. */
  CUT_SHORT,
  /** There is something behind the end. */
  TOO_LONG,
  /** Another virtual router. */
  WRONG_VRID,
  /** Another version, with a checksum that fits. */
  WRONG_VERSION,
  /** Not an advertisement, with a checksum that fits. */
  WRONG_TYPE,
  /** Interval 0 in version 3, another one than ours in version 2. */
  WRONG_INTERVAL,
  /** Not VRRP at all. */
  NOISE;

  private static final int[] RIVALS = {0, 254, 255};
  private static final int CHECKSUM_OFFSET = 6;

  /** One such packet to a host. */
  Node.Packet to(Node node, Random random) {
    IpAddress rival = this == OWN ? node.address : highest(node.config.family());
    IpAddress group = IpAddress.vrrpGroup(node.config.family());
    int hopLimit = this == FORWARDED ? 254 : 255;
    IpAddress destination = this == TO_THE_HOST ? node.address : group;
    Advertisement said = said(node.config, random);
    ByteBuffer bytes = ByteBuffer.allocate(Lan.LONGEST_MESSAGE);
    AdvertisementEncoder.encode(said, SendPolicy.DEFAULT, rival, group, bytes);
    bytes.flip();
    spoil(bytes, node.config, random);
    IpEnvelope envelope = new IpEnvelope(rival, destination, hopLimit, IpEnvelope.VRRP);
    return new Node.Packet(bytes, envelope, 0, said, false);
  }

  private Advertisement said(RouterConfig config, Random random) {
    Priority priority = Priority.of(RIVALS[random.nextInt(RIVALS.length)]);
    Vrid vrid = this == WRONG_VRID ? Vrid.of(config.vrid().value() + 1) : config.vrid();
    return new Advertisement(
        config.version(), vrid, priority, config.interval(), config.addresses());
  }

  private void spoil(ByteBuffer bytes, RouterConfig config, Random random) {
    int length = bytes.limit();
    switch (this) {
      case DAMAGED -> {
        int at = random.nextInt(length);
        bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
      }
      case WRONG_CHECKSUM ->
          bytes.putShort(
              CHECKSUM_OFFSET, (short) (bytes.getShort(CHECKSUM_OFFSET) ^ 1 << random.nextInt(16)));
      case CUT_SHORT -> bytes.limit(random.nextInt(length));
      case TOO_LONG -> bytes.limit(length + 1 + random.nextInt(8));
      case WRONG_VERSION -> change(bytes, 0, bytes.getShort(0) ^ 0x1000 * (1 + random.nextInt(7)));
      case WRONG_TYPE -> change(bytes, 0, bytes.getShort(0) ^ 0x0100 * (2 + random.nextInt(14)));
      case WRONG_INTERVAL -> {
        boolean isV2 = config.version() == VrrpVersion.V2;
        int other = (bytes.getShort(4) & 0xFF00) | (config.interval().wholeSeconds() + 1);
        change(bytes, 4, isV2 ? other : 0);
      }
      case NOISE -> {
        byte[] noise = new byte[random.nextInt(bytes.capacity())];
        random.nextBytes(noise);
        bytes.clear().put(noise).flip();
      }
      default -> {}
    }
  }

  /** Changes two bytes and carries the change on to the checksum (RFC 1624 section 3). */
  static void change(ByteBuffer bytes, int offset, int value) {
    int before = Short.toUnsignedInt(bytes.getShort(offset));
    int sum = (~bytes.getShort(CHECKSUM_OFFSET) & 0xFFFF) + (~before & 0xFFFF) + (value & 0xFFFF);
    sum = (sum & 0xFFFF) + (sum >>> 16);
    sum = (sum & 0xFFFF) + (sum >>> 16);
    bytes.putShort(offset, (short) value);
    bytes.putShort(CHECKSUM_OFFSET, (short) ~sum);
  }

  /** The highest address that anybody can have; every tie is lost against it. */
  static IpAddress highest(AddressFamily family) {
    return family == AddressFamily.IPV4
        ? new IpAddress(family, 0, 0xDFFF_FFFEL)
        : new IpAddress(family, 0xFE80_0000_0000_0000L, -2);
  }
}
