package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;

class ReceiveLadderTest {
  /** Version 3 over IPv4 with pseudo-header, and the same message without. */
  private static final String WITH_PSEUDO_HEADER = "31016401006405fdc0000201";

  private static final String MESSAGE_ONLY = "310164010064a897c0000201";
  private static final String VERSION_2 = "210164010001b8fac00002010000000000000000";

  @Test
  void acceptsEitherChecksumFormByDefaultAndSaysWhich() {
    assertThat(form(Decoding.v3(), WITH_PSEUDO_HEADER)).isEqualTo(ChecksumForm.PSEUDO_HEADER);
    assertThat(form(Decoding.v3(), MESSAGE_ONLY)).isEqualTo(ChecksumForm.MESSAGE_ONLY);
  }

  @Test
  void acceptsOnlyTheConfiguredChecksumForm() {
    ReceivePolicy rfc5798 = Decoding.v3().withChecksum(ChecksumPolicy.RFC5798);
    ReceivePolicy rfc9568 = Decoding.v3().withChecksum(ChecksumPolicy.RFC9568);
    assertThat(form(rfc5798, WITH_PSEUDO_HEADER)).isEqualTo(ChecksumForm.PSEUDO_HEADER);
    assertThat(form(rfc9568, MESSAGE_ONLY)).isEqualTo(ChecksumForm.MESSAGE_ONLY);
    assertThat(Decoding.decode(rfc5798, MESSAGE_ONLY))
        .isEqualTo(new Rejected(RejectReason.CHECKSUM, 0x05fd, 0xa897));
    assertThat(Decoding.decode(rfc9568, WITH_PSEUDO_HEADER))
        .isEqualTo(new Rejected(RejectReason.CHECKSUM, 0xa897, 0x05fd));
  }

  @Test
  void showsExpectedAndFoundInItsText() {
    assertThat(new Rejected(RejectReason.CHECKSUM, 0xa897, 0x05fd).text())
        .isEqualTo("checksum: expected 0xa897, found 0x5fd");
    assertThat(new Rejected(RejectReason.HOP_LIMIT, 255, 64).text())
        .isEqualTo("TTL or hop limit: expected 255, found 64");
    assertThat(Rejected.of(RejectReason.OWN_PACKET).text())
        .isEqualTo(
            "source is an address of this host: another host has it too, or the network sends our"
                + " packets back");
  }

  @Test
  void ignoresOwnPacketsBeforeAnythingElse() {
    ReceivePolicy policy =
        ReceivePolicy.of(Decoding.v3().local(), Delivery.multicast(Set.of(Decoding.PEER)));
    assertThat(reason(Decoding.decode(policy, "ff"))).isEqualTo(RejectReason.OWN_PACKET);
  }

  @Test
  void checksHopLimitBeforeLength() {
    IpEnvelope forwarded =
        new IpEnvelope(Decoding.PEER, IpAddress.vrrpGroup(Decoding.PEER.family()), 254, 112);
    assertThat(reason(Decoding.decode(Decoding.v3(), forwarded, "ff")))
        .isEqualTo(RejectReason.HOP_LIMIT);
  }

  @Test
  void acceptsUnicastFromPeersOnly() {
    ReceivePolicy policy = Decoding.unicast(Decoding.v3(), 0);
    IpEnvelope peer = new IpEnvelope(Decoding.PEER, Decoding.US, 64, 112);
    IpEnvelope stranger = new IpEnvelope(Frames.address("192.0.2.13"), Decoding.US, 64, 112);
    assertThat(Decoding.decode(policy, peer, MESSAGE_ONLY)).isInstanceOf(Accepted.class);
    assertThat(reason(Decoding.decode(policy, stranger, MESSAGE_ONLY)))
        .isEqualTo(RejectReason.UNKNOWN_PEER);
  }

  @Test
  void refusesMulticastWhereUnicastIsConfigured() {
    ReceivePolicy policy = Decoding.unicast(Decoding.v3(), 0);
    assertThat(reason(Decoding.decode(policy, MESSAGE_ONLY))).isEqualTo(RejectReason.DESTINATION);
  }

  @Test
  void respectsTheHopLimitWindowOfUnicast() {
    ReceivePolicy policy = Decoding.unicast(Decoding.v3(), 254);
    IpEnvelope near = new IpEnvelope(Decoding.PEER, Decoding.US, 254, 112);
    IpEnvelope far = new IpEnvelope(Decoding.PEER, Decoding.US, 253, 112);
    assertThat(Decoding.decode(policy, near, MESSAGE_ONLY)).isInstanceOf(Accepted.class);
    assertThat(Decoding.decode(policy, far, MESSAGE_ONLY))
        .isEqualTo(new Rejected(RejectReason.HOP_LIMIT, 254, 253));
  }

  @Test
  void rejectsHopLimitAboveTheWindow() {
    ReceivePolicy base = Decoding.unicast(Decoding.v3(), 0);
    ReceivePolicy policy =
        ReceivePolicy.of(
            base.local(),
            Delivery.unicast(Set.of(Decoding.US), Map.of(Decoding.PEER, new HopRange(1, 64))));
    IpEnvelope direct = new IpEnvelope(Decoding.PEER, Decoding.US, 255, 112);
    assertThat(Decoding.decode(policy, direct, MESSAGE_ONLY))
        .isEqualTo(new Rejected(RejectReason.HOP_LIMIT, 64, 255));
  }

  @Test
  void looksAtTheWindowOfThePeerThatSent() {
    IpAddress other = Frames.address("192.0.2.77");
    ReceivePolicy policy =
        ReceivePolicy.of(
            Decoding.v3().local(),
            Delivery.unicast(
                Set.of(Decoding.US),
                Map.of(Decoding.PEER, new HopRange(254, 255), other, HopRange.ANY)));
    IpEnvelope routed = new IpEnvelope(other, Decoding.US, 64, 112);
    IpEnvelope near = new IpEnvelope(Decoding.PEER, Decoding.US, 64, 112);
    assertThat(Decoding.decode(policy, routed, MESSAGE_ONLY)).isInstanceOf(Accepted.class);
    assertThat(Decoding.decode(policy, near, MESSAGE_ONLY))
        .isEqualTo(new Rejected(RejectReason.HOP_LIMIT, 254, 64));
  }

  @Test
  void listensToTheConfiguredGroupOnly() {
    IpAddress group = Frames.address("224.0.0.19");
    ReceivePolicy policy =
        ReceivePolicy.of(Decoding.v3().local(), Delivery.multicast(Set.of(), group));
    IpEnvelope ours = new IpEnvelope(Decoding.PEER, group, 255, 112);
    IpEnvelope usual = new IpEnvelope(Decoding.PEER, Frames.address("224.0.0.18"), 255, 112);
    assertThat(Decoding.decode(policy, ours, MESSAGE_ONLY)).isInstanceOf(Accepted.class);
    assertThat(Decoding.decode(policy, usual, MESSAGE_ONLY))
        .isEqualTo(Rejected.of(RejectReason.DESTINATION));
  }

  @Test
  void notesAnotherIntervalButAccepts() {
    ReceivePolicy policy = Decoding.v3();
    Advertisement sent =
        new Advertisement(
            VrrpVersion.V3,
            Vrid.of(1),
            Priority.of(100),
            AdvertInterval.ofCentiseconds(300),
            policy.local().addresses());
    Accepted accepted = (Accepted) Decoding.roundTrip(policy, sent, ChecksumForm.MESSAGE_ONLY);
    assertThat(accepted.noticeSet()).containsExactly(Notice.INTERVAL_MISMATCH);
    assertThat(accepted.advertisement().interval().centiseconds()).isEqualTo(300);
  }

  @Test
  void hasNoNoticeForAPerfectPacket() {
    assertThat(((Accepted) Decoding.decode(Decoding.v3(), MESSAGE_ONLY)).noticeSet()).isEmpty();
    assertThat(((Accepted) Decoding.decode(Decoding.v2(), VERSION_2)).noticeSet()).isEmpty();
  }

  @Test
  void notesOtherAddressesButAccepts() {
    ReceivePolicy policy = Decoding.v3();
    Advertisement sent = Decoding.advertisement(policy, 100, Decoding.list("192.0.2.9"));
    Accepted accepted = (Accepted) Decoding.roundTrip(policy, sent, ChecksumForm.PSEUDO_HEADER);
    assertThat(accepted.noticeSet()).containsExactly(Notice.ADDRESS_LIST_MISMATCH);
  }

  @Test
  void takesAnotherOrderOfAddressesForTheSameList() {
    ReceivePolicy policy =
        Decoding.multicast(VrrpVersion.V3, Decoding.list("192.0.2.1", "192.0.2.2"));
    Advertisement sent =
        Decoding.advertisement(policy, 100, Decoding.list("192.0.2.2", "192.0.2.1"));
    Accepted accepted = (Accepted) Decoding.roundTrip(policy, sent, ChecksumForm.PSEUDO_HEADER);
    assertThat(accepted.noticeSet()).isEmpty();
  }

  @Test
  void dropsOtherAddressesWhenStrictUnlessFromAnOwner() {
    ReceivePolicy policy = Decoding.v2().withStrictness(Strictness.STRICT);
    Advertisement backup = Decoding.advertisement(policy, 254, Decoding.list("192.0.2.9"));
    Advertisement owner = Decoding.advertisement(policy, 255, Decoding.list("192.0.2.9"));
    assertThat(reason(Decoding.roundTrip(policy, backup, ChecksumForm.MESSAGE_ONLY)))
        .isEqualTo(RejectReason.ADDRESS_LIST);
    assertThat(Decoding.roundTrip(policy, owner, ChecksumForm.MESSAGE_ONLY))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void notesAFirstAddressThatIsNotLinkLocal() {
    ReceivePolicy policy = Decoding.multicast(VrrpVersion.V3, Decoding.list("2001:db8::1"));
    Accepted accepted =
        (Accepted)
            Decoding.roundTrip(
                policy, Decoding.advertisement(policy, 100), ChecksumForm.PSEUDO_HEADER);
    assertThat(accepted.noticeSet()).containsExactly(Notice.FIRST_ADDRESS_NOT_LINK_LOCAL);
  }

  @Test
  void dropsAFirstAddressThatIsNotLinkLocalWhenStrict() {
    ReceivePolicy policy =
        Decoding.multicast(VrrpVersion.V3, Decoding.list("2001:db8::1"))
            .withStrictness(Strictness.STRICT);
    assertThat(
            reason(
                Decoding.roundTrip(
                    policy, Decoding.advertisement(policy, 100), ChecksumForm.PSEUDO_HEADER)))
        .isEqualTo(RejectReason.ADDRESS_LIST);
  }

  @Test
  void acceptsAVersion2MessageWithoutAddressesWithANotice() {
    ReceivePolicy policy = Decoding.v2();
    Advertisement sent =
        Decoding.advertisement(
            policy, 100, org.vipd.protocol.value.AddressList.empty(Decoding.PEER.family()));
    Accepted accepted = (Accepted) Decoding.roundTrip(policy, sent, ChecksumForm.MESSAGE_ONLY);
    assertThat(accepted.has(Notice.NO_ADDRESSES)).isTrue();
  }

  @Test
  void namesTheForeignVersion() {
    assertThat(Decoding.decode(Decoding.v3(), VERSION_2))
        .isEqualTo(new Rejected(RejectReason.VERSION, 3, 2));
    assertThat(Decoding.decode(Decoding.v2(), MESSAGE_ONLY))
        .isEqualTo(new Rejected(RejectReason.VERSION, 2, 3));
  }

  @Test
  void peeksAtTheVirtualRouterId() {
    assertThat(AdvertisementDecoder.peekVrid(Frames.bytes("31ff"))).isEqualTo(255);
    assertThat(AdvertisementDecoder.peekVrid(Frames.bytes("31"))).isEqualTo(-1);
    assertThat(AdvertisementDecoder.peekVrid(Frames.bytes("0031ff").position(1))).isEqualTo(255);
  }

  @Test
  void worksAnywhereInABufferAndInEitherByteOrder() {
    ByteBuffer buffer = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(10);
    int length =
        AdvertisementEncoder.encode(
            Decoding.advertisement(Decoding.v3(), 100),
            SendPolicy.DEFAULT,
            Decoding.PEER,
            IpAddress.vrrpGroup(Decoding.PEER.family()),
            buffer);
    assertThat(length).isEqualTo(12);
    assertThat(buffer.position()).isEqualTo(22);
    buffer.position(10).limit(22);
    assertThat(AdvertisementDecoder.decode(Decoding.envelope(Decoding.v3()), buffer, Decoding.v3()))
        .isInstanceOf(Accepted.class);
    assertThat(buffer.position()).isEqualTo(10);
  }

  @Test
  void refusesToEncodeWhatAVersionCannotCarry() {
    AdvertInterval odd = AdvertInterval.ofCentiseconds(150);
    Advertisement message =
        new Advertisement(
            VrrpVersion.V2, Vrid.of(1), Priority.of(1), odd, Decoding.list("192.0.2.1"));
    assertThatThrownBy(() -> encode(message, SendPolicy.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("150 cs")
        .hasMessageContaining("1..255 whole seconds");
    SendPolicy password = new SendPolicy(SimplePassword.of("x"), ChecksumForm.MESSAGE_ONLY);
    assertThatThrownBy(() -> encode(Decoding.advertisement(Decoding.v3(), 100), password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 3");
  }

  @Test
  void knowsHowManyAddressesFitOnePacket() {
    Authentication none = NoAuthentication.INSTANCE;
    AddressFamily ipv6 = AddressFamily.IPV6;
    AddressFamily ipv4 = AddressFamily.IPV4;
    assertThat(MessageSize.maximumAddresses(VrrpVersion.V3, ipv6, none, 1500)).isEqualTo(90);
    assertThat(MessageSize.maximumAddresses(VrrpVersion.V3, ipv4, none, 1500)).isEqualTo(255);
    assertThat(MessageSize.maximumAddresses(VrrpVersion.V3, ipv4, none, 68)).isEqualTo(10);
    assertThat(MessageSize.maximumAddresses(VrrpVersion.V2, ipv4, none, 68)).isEqualTo(8);
    assertThat(MessageSize.maximumAddresses(VrrpVersion.V2, ipv4, AuthenticationHeader.of("k"), 68))
        .isEqualTo(2);
    assertThat(MessageSize.maximumAddresses(VrrpVersion.V3, ipv6, none, 40)).isZero();
  }

  @Test
  void refusesImpossiblePolicies() {
    assertThatThrownBy(() -> Decoding.multicast(VrrpVersion.V2, Decoding.list("fe80::1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Delivery.unicast(Set.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HopRange(5, 4)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void encode(Advertisement message, SendPolicy policy) {
    AdvertisementEncoder.encode(
        message,
        policy,
        Decoding.PEER,
        IpAddress.vrrpGroup(Decoding.PEER.family()),
        ByteBuffer.allocate(100));
  }

  private static ChecksumForm form(ReceivePolicy policy, String hex) {
    return ((Accepted) Decoding.decode(policy, hex)).form();
  }

  private static RejectReason reason(DecodeResult result) {
    return ((Rejected) result).reason();
  }
}
