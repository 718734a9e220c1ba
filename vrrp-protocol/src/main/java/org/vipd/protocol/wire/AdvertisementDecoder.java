package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;

/**
 * The receive ladder: each check either drops the packet or hands it to the next, cheap checks
 * first. Any content is answered with a result; nothing is thrown and nothing is allocated by a
 * count that has not been checked.
 */
public final class AdvertisementDecoder {
  private AdvertisementDecoder() {}

  /**
   * The virtual router id of a message that starts at the position, to find its policy.
   *
   * @return 0 to 255, or -1 when there are fewer than 2 bytes
   */
  public static int peekVrid(ByteBuffer payload) {
    return payload.remaining() > MessageLayout.VRID_OFFSET
        ? unsigned(payload, payload.position() + MessageLayout.VRID_OFFSET)
        : -1;
  }

  /** Checks and decodes the IP payload between position and limit; neither is moved. */
  public static DecodeResult decode(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy) {
    return checkDelivery(envelope, payload, policy);
  }

  private static DecodeResult checkDelivery(
      IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy) {
    Delivery delivery = policy.delivery();
    if (delivery.ownAddresses().contains(envelope.source())) {
      return Rejected.of(RejectReason.OWN_PACKET);
    }
    boolean isUnicast = delivery.isUnicast();
    AddressFamily family = policy.local().family();
    boolean isRight =
        isUnicast
            ? !envelope.destination().isMulticast()
            : envelope.destination().equals(IpAddress.vrrpGroup(family));
    if (!isRight || envelope.source().family() != family) {
      return Rejected.of(RejectReason.DESTINATION);
    }
    if (isUnicast && !delivery.peers().contains(envelope.source())) {
      return Rejected.of(RejectReason.UNKNOWN_PEER);
    }
    int hopLimit = envelope.hopLimit();
    if (hopLimit < delivery.minimumHopLimit()) {
      return new Rejected(RejectReason.HOP_LIMIT, delivery.minimumHopLimit(), hopLimit);
    }
    if (hopLimit > delivery.maximumHopLimit()) {
      return new Rejected(RejectReason.HOP_LIMIT, delivery.maximumHopLimit(), hopLimit);
    }
    return checkHeader(envelope, payload, policy);
  }

  private static DecodeResult checkHeader(
      IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy) {
    int start = payload.position();
    int length = payload.remaining();
    if (length < MessageLayout.HEADER_LENGTH) {
      return new Rejected(RejectReason.PACKET_LENGTH, MessageLayout.HEADER_LENGTH, length);
    }
    LocalRouter local = policy.local();
    int versionAndType = unsigned(payload, start + MessageLayout.VERSION_TYPE_OFFSET);
    if (versionAndType >>> 4 != local.version().number()) {
      return new Rejected(RejectReason.VERSION, local.version().number(), versionAndType >>> 4);
    }
    int vrid = unsigned(payload, start + MessageLayout.VRID_OFFSET);
    if (vrid != local.vrid().value()) {
      return new Rejected(RejectReason.VRID, local.vrid().value(), vrid);
    }
    int type = versionAndType & 0x0F;
    if (type != MessageLayout.ADVERTISEMENT_TYPE) {
      return new Rejected(RejectReason.TYPE, MessageLayout.ADVERTISEMENT_TYPE, type);
    }
    return checkLength(envelope, payload, policy);
  }

  private static DecodeResult checkLength(
      IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy) {
    int count = unsigned(payload, payload.position() + MessageLayout.COUNT_OFFSET);
    LocalRouter local = policy.local();
    if (count == 0 && local.version() == VrrpVersion.V3) {
      return new Rejected(RejectReason.NO_ADDRESSES, 1, 0);
    }
    int expected = MessageLayout.HEADER_LENGTH + count * local.family().addressLength();
    if (local.version() == VrrpVersion.V2) {
      expected += MessageLayout.AUTHENTICATION_DATA_LENGTH;
    }
    if (payload.remaining() != expected) {
      return new Rejected(RejectReason.PACKET_LENGTH, expected, payload.remaining());
    }
    return checkChecksum(envelope, payload, policy);
  }

  private static DecodeResult checkChecksum(
      IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy) {
    LocalRouter local = policy.local();
    int length = payload.remaining();
    long sum = Checksum.sum(payload, payload.position(), length);
    boolean isV3OverIpv4 =
        local.version() == VrrpVersion.V3 && local.family() == AddressFamily.IPV4;
    boolean mayBeMessageOnly =
        isV3OverIpv4
            ? policy.checksum().accepts(ChecksumForm.MESSAGE_ONLY)
            : local.version() == VrrpVersion.V2;
    if (mayBeMessageOnly && Checksum.isIntact(sum)) {
      return checkAuthentication(payload, policy, ChecksumForm.MESSAGE_ONLY);
    }
    boolean mayHavePseudoHeader =
        isV3OverIpv4
            ? policy.checksum().accepts(ChecksumForm.PSEUDO_HEADER)
            : local.version() == VrrpVersion.V3;
    long pseudo = Checksum.pseudoHeader(envelope.source(), envelope.destination(), length);
    if (mayHavePseudoHeader && Checksum.isIntact(sum + pseudo)) {
      return checkAuthentication(payload, policy, ChecksumForm.PSEUDO_HEADER);
    }
    int found = unsignedShort(payload, payload.position() + MessageLayout.CHECKSUM_OFFSET);
    long whole = (mayHavePseudoHeader ? sum + pseudo : sum) - found;
    return new Rejected(RejectReason.CHECKSUM, Checksum.complement(whole), found);
  }

  private static DecodeResult checkAuthentication(
      ByteBuffer payload, ReceivePolicy policy, ChecksumForm form) {
    if (policy.local().version() == VrrpVersion.V3) {
      return checkV3Interval(payload, policy, form);
    }
    int start = payload.position();
    int type = unsigned(payload, start + MessageLayout.AUTHENTICATION_TYPE_OFFSET);
    int expected = policy.authentication().type();
    if (type > 2) {
      return new Rejected(RejectReason.INVALID_AUTHENTICATION_TYPE, expected, type);
    }
    if (type != expected) {
      return new Rejected(RejectReason.AUTHENTICATION_TYPE_MISMATCH, expected, type);
    }
    int dataOffset = payload.limit() - MessageLayout.AUTHENTICATION_DATA_LENGTH;
    if (policy.authentication() instanceof SimplePassword password
        && !password.standsIn(payload, dataOffset)) {
      return Rejected.of(RejectReason.AUTHENTICATION_FAILURE);
    }
    return checkV2Interval(payload, policy, form);
  }

  private static DecodeResult checkV2Interval(
      ByteBuffer payload, ReceivePolicy policy, ChecksumForm form) {
    AdvertInterval ours = policy.local().interval();
    int seconds = unsigned(payload, payload.position() + MessageLayout.INTERVAL_OFFSET);
    if (seconds != ours.wholeSeconds()) {
      return new Rejected(RejectReason.INTERVAL, ours.wholeSeconds(), seconds);
    }
    return checkAddresses(payload, policy, form, ours);
  }

  private static DecodeResult checkV3Interval(
      ByteBuffer payload, ReceivePolicy policy, ChecksumForm form) {
    AdvertInterval ours = policy.local().interval();
    int offset = payload.position() + MessageLayout.AUTHENTICATION_TYPE_OFFSET;
    int centiseconds = unsignedShort(payload, offset) & MessageLayout.V3_INTERVAL_MASK;
    if (centiseconds == 0) {
      return new Rejected(RejectReason.INTERVAL, ours.centiseconds(), 0);
    }
    AdvertInterval interval =
        centiseconds == ours.centiseconds() ? ours : AdvertInterval.ofCentiseconds(centiseconds);
    return checkAddresses(payload, policy, form, interval);
  }

  private static DecodeResult checkAddresses(
      ByteBuffer payload, ReceivePolicy policy, ChecksumForm form, AdvertInterval interval) {
    int start = payload.position();
    LocalRouter local = policy.local();
    int count = unsigned(payload, start + MessageLayout.COUNT_OFFSET);
    int offset = start + MessageLayout.HEADER_LENGTH;
    Priority priority = Priority.of(unsigned(payload, start + MessageLayout.PRIORITY_OFFSET));
    boolean isIdentical = local.addresses().standsIn(payload, offset, count);
    AddressList addresses =
        isIdentical ? local.addresses() : AddressList.read(local.family(), payload, offset, count);
    int notices = interval.equals(local.interval()) ? 0 : Notice.INTERVAL_MISMATCH.bit();
    if (!isIdentical && !addresses.sameMembersAs(local.addresses())) {
      // RFC 3768 section 7.1 spares the owner, whose list decides.
      if (policy.strictness().requiresSameAddresses() && !priority.isOwner()) {
        return Rejected.of(RejectReason.ADDRESS_LIST);
      }
      notices |= Notice.ADDRESS_LIST_MISMATCH.bit();
    }
    if (count == 0) {
      notices |= Notice.NO_ADDRESSES.bit();
    }
    if (local.family() == AddressFamily.IPV6 && !addresses.get(0).isLinkLocal()) {
      if (policy.strictness().requiresLinkLocalFirst()) {
        return Rejected.of(RejectReason.ADDRESS_LIST);
      }
      notices |= Notice.FIRST_ADDRESS_NOT_LINK_LOCAL.bit();
    }
    return new Accepted(
        new Advertisement(local.version(), local.vrid(), priority, interval, addresses),
        form,
        notices);
  }

  private static int unsigned(ByteBuffer buffer, int offset) {
    return Byte.toUnsignedInt(buffer.get(offset));
  }

  private static int unsignedShort(ByteBuffer buffer, int offset) {
    return unsigned(buffer, offset) << 8 | unsigned(buffer, offset + 1);
  }
}
