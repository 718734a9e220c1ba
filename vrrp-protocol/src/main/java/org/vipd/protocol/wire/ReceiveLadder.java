package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.authentication.HmacTrailer;

/**
 * The checks of RFC 9568 section 7.1 and RFC 3768 section 7.1 for one packet: each either drops it
 * or hands it to the next, cheap ones first. Nothing is allocated by a count that has not been
 * checked, and replay marks move only when every check has passed.
 */
final class ReceiveLadder {
  private static final int LAST_AUTHENTICATION_TYPE = 2;

  private final IpEnvelope envelope;
  private final ByteBuffer payload;
  private final ReceivePolicy policy;
  private final LocalRouter local;
  private final int start;

  ReceiveLadder(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy) {
    this.envelope = envelope;
    this.payload = payload;
    this.policy = policy;
    this.local = policy.local();
    this.start = payload.position() + messageOffset(envelope);
  }

  /** Bytes in front of the message. */
  static int messageOffset(IpEnvelope envelope) {
    return envelope.ipProtocol() == IpEnvelope.AUTHENTICATION_HEADER
        ? AuthenticationHeader.LENGTH
        : 0;
  }

  DecodeResult decode() {
    return checkSource();
  }

  private DecodeResult checkSource() {
    Delivery delivery = policy.delivery();
    if (delivery.ownAddresses().contains(envelope.source())) {
      return Rejected.of(RejectReason.OWN_PACKET);
    }
    boolean isRight = delivery.isTo(envelope.destination(), local.family());
    if (!isRight || envelope.source().family() != local.family()) {
      return Rejected.of(RejectReason.DESTINATION);
    }
    if (!delivery.isFromKnown(envelope.source())) {
      return Rejected.of(RejectReason.UNKNOWN_PEER);
    }
    return checkHopLimit(delivery.hopLimits(envelope.source()));
  }

  private DecodeResult checkHopLimit(HopRange allowed) {
    int hopLimit = envelope.hopLimit();
    if (hopLimit < allowed.lowest()) {
      return new Rejected(RejectReason.HOP_LIMIT, allowed.lowest(), hopLimit);
    }
    if (hopLimit > allowed.highest()) {
      return new Rejected(RejectReason.HOP_LIMIT, allowed.highest(), hopLimit);
    }
    return checkHeader();
  }

  private DecodeResult checkHeader() {
    int shortest = messageOffset(envelope) + MessageLayout.HEADER_LENGTH;
    if (payload.remaining() < shortest) {
      return new Rejected(RejectReason.PACKET_LENGTH, shortest, payload.remaining());
    }
    int versionAndType = unsigned(MessageLayout.VERSION_TYPE_OFFSET);
    if (versionAndType >>> 4 != local.version().number()) {
      return new Rejected(RejectReason.VERSION, local.version().number(), versionAndType >>> 4);
    }
    int vrid = unsigned(MessageLayout.VRID_OFFSET);
    if (vrid != local.vrid().value()) {
      return new Rejected(RejectReason.VRID, local.vrid().value(), vrid);
    }
    int type = versionAndType & 0x0F;
    if (type != MessageLayout.ADVERTISEMENT_TYPE) {
      return new Rejected(RejectReason.TYPE, MessageLayout.ADVERTISEMENT_TYPE, type);
    }
    return checkLength();
  }

  private DecodeResult checkLength() {
    int count = unsigned(MessageLayout.COUNT_OFFSET);
    if (count == 0 && local.version() == VrrpVersion.V3) {
      return new Rejected(RejectReason.NO_ADDRESSES, 1, 0);
    }
    int expected = messageLength();
    int found = payload.limit() - start;
    boolean hasTrailer =
        policy.authentication() instanceof Hmac && found == expected + HmacTrailer.LENGTH;
    if (found != expected && !hasTrailer) {
      return new Rejected(RejectReason.PACKET_LENGTH, expected, found);
    }
    return checkChecksum();
  }

  private DecodeResult checkChecksum() {
    boolean isIpv6 = local.family() == AddressFamily.IPV6;
    boolean isSelectable = local.version() == VrrpVersion.V3 && !isIpv6;
    // Over IPv6 the checksum covers the trailer as well, see AdvertisementEncoder.
    int length = isIpv6 ? payload.limit() - start : messageLength();
    long sum = Checksum.sum(payload, start, length);
    boolean mayBeMessageOnly =
        isSelectable
            ? policy.checksum().accepts(ChecksumForm.MESSAGE_ONLY)
            : local.version() == VrrpVersion.V2;
    if (mayBeMessageOnly && Checksum.isIntact(sum)) {
      return checkAuthentication(ChecksumForm.MESSAGE_ONLY);
    }
    boolean mayHavePseudoHeader =
        isSelectable ? policy.checksum().accepts(ChecksumForm.PSEUDO_HEADER) : isIpv6;
    if (mayHavePseudoHeader) {
      sum += Checksum.pseudoHeader(envelope.source(), envelope.destination(), length);
      if (Checksum.isIntact(sum)) {
        return checkAuthentication(ChecksumForm.PSEUDO_HEADER);
      }
    }
    int found = unsignedShort(MessageLayout.CHECKSUM_OFFSET);
    return new Rejected(RejectReason.CHECKSUM, Checksum.complement(sum - found), found);
  }

  private DecodeResult checkAuthentication(ChecksumForm form) {
    Authentication authentication = policy.authentication();
    boolean expectsHeader = authentication instanceof AuthenticationHeader;
    boolean hasHeader = envelope.ipProtocol() == IpEnvelope.AUTHENTICATION_HEADER;
    int expected = authentication.type();
    if (local.version() == VrrpVersion.V2) {
      int type = unsigned(MessageLayout.AUTHENTICATION_TYPE_OFFSET);
      if (type > LAST_AUTHENTICATION_TYPE) {
        return new Rejected(RejectReason.INVALID_AUTHENTICATION_TYPE, expected, type);
      }
      if (type != expected) {
        return new Rejected(RejectReason.AUTHENTICATION_TYPE_MISMATCH, expected, type);
      }
    }
    if (hasHeader != expectsHeader) {
      int found = hasHeader ? AuthenticationHeader.TYPE : NoAuthentication.TYPE;
      return new Rejected(RejectReason.AUTHENTICATION_TYPE_MISMATCH, expected, found);
    }
    Verdict verdict = verify(authentication);
    if (verdict instanceof Verdict.Failed failed) {
      return failed.rejected();
    }
    return checkInterval(form, ((Verdict.Passed) verdict).notices());
  }

  private Verdict verify(Authentication authentication) {
    if (authentication instanceof SimplePassword password) {
      int offset = start + messageLength() - MessageLayout.AUTHENTICATION_DATA_LENGTH;
      return password.standsIn(payload, offset)
          ? Verdict.PASSED
          : Verdict.failed(Rejected.of(RejectReason.AUTHENTICATION_FAILURE));
    }
    if (authentication instanceof AuthenticationHeader header) {
      return header.check(envelope, payload);
    }
    if (authentication instanceof Hmac hmac) {
      int trailer = start + messageLength();
      return payload.limit() == trailer
          ? hmac.checkUnsigned()
          : hmac.check(payload, trailer, envelope.source());
    }
    return Verdict.PASSED;
  }

  private DecodeResult checkInterval(ChecksumForm form, int notices) {
    AdvertInterval ours = local.interval();
    if (local.version() == VrrpVersion.V2) {
      int seconds = unsigned(MessageLayout.INTERVAL_OFFSET);
      return seconds == ours.wholeSeconds()
          ? checkAddresses(ours, form, notices)
          : new Rejected(RejectReason.INTERVAL, ours.wholeSeconds(), seconds);
    }
    int centiseconds =
        unsignedShort(MessageLayout.AUTHENTICATION_TYPE_OFFSET) & MessageLayout.V3_INTERVAL_MASK;
    if (centiseconds == 0) {
      return new Rejected(RejectReason.INTERVAL, ours.centiseconds(), 0);
    }
    return centiseconds == ours.centiseconds()
        ? checkAddresses(ours, form, notices)
        : checkAddresses(
            AdvertInterval.ofCentiseconds(centiseconds),
            form,
            notices | Notice.INTERVAL_MISMATCH.bit());
  }

  private DecodeResult checkAddresses(AdvertInterval interval, ChecksumForm form, int notices) {
    int count = unsigned(MessageLayout.COUNT_OFFSET);
    int offset = start + MessageLayout.HEADER_LENGTH;
    boolean isIdentical = local.addresses().standsIn(payload, offset, count);
    AddressList addresses =
        isIdentical ? local.addresses() : AddressList.read(local.family(), payload, offset, count);
    Priority priority = Priority.of(unsigned(MessageLayout.PRIORITY_OFFSET));
    int found = notices | addressNotices(addresses, isIdentical);
    // RFC 3768 section 7.1 spares the owner, whose list decides.
    boolean isMismatch =
        policy.strictness().requiresSameAddresses()
            && has(found, Notice.ADDRESS_LIST_MISMATCH)
            && !priority.isOwner();
    boolean lacksLinkLocal =
        policy.strictness().requiresLinkLocalFirst()
            && has(found, Notice.FIRST_ADDRESS_NOT_LINK_LOCAL);
    if (isMismatch || lacksLinkLocal) {
      return Rejected.of(RejectReason.ADDRESS_LIST);
    }
    acceptSequence();
    return new Accepted(
        new Advertisement(local.version(), local.vrid(), priority, interval, addresses),
        form,
        found);
  }

  private int addressNotices(AddressList addresses, boolean isIdentical) {
    if (addresses.isEmpty()) {
      return Notice.NO_ADDRESSES.bit();
    }
    int notices = 0;
    if (!isIdentical && !addresses.sameMembersAs(local.addresses())) {
      notices |= Notice.ADDRESS_LIST_MISMATCH.bit();
    }
    if (local.family() == AddressFamily.IPV6 && !addresses.get(0).isLinkLocal()) {
      notices |= Notice.FIRST_ADDRESS_NOT_LINK_LOCAL.bit();
    }
    return notices;
  }

  private void acceptSequence() {
    if (policy.authentication() instanceof AuthenticationHeader header) {
      header.accept(payload);
    } else if (policy.authentication() instanceof Hmac hmac
        && payload.limit() > start + messageLength()) {
      hmac.accept(payload, start + messageLength(), envelope.source());
    }
  }

  private int messageLength() {
    int length =
        MessageLayout.HEADER_LENGTH
            + unsigned(MessageLayout.COUNT_OFFSET) * local.family().addressLength();
    return local.version() == VrrpVersion.V2
        ? length + MessageLayout.AUTHENTICATION_DATA_LENGTH
        : length;
  }

  private static boolean has(int notices, Notice notice) {
    return (notices & notice.bit()) != 0;
  }

  private int unsigned(int offset) {
    return Byte.toUnsignedInt(payload.get(start + offset));
  }

  private int unsignedShort(int offset) {
    return unsigned(offset) << 8 | unsigned(offset + 1);
  }
}
