package org.vipd.netlink.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.arp.GratuitousArp;
import org.vipd.netlink.ndp.UnsolicitedAdvertisement;
import org.vipd.netlink.testkit.Addresses;

class NeighbourFrameTest {

  private static final MacAddress MAC = new MacAddress(0x0200_0000_0007L);

  private static ByteBuffer frame(byte[] octets) {
    return ByteBuffer.wrap(octets);
  }

  @Test
  void readsWhoSaysThatItHasAnIpv4Address() {
    byte[] arp = GratuitousArp.request(MAC, (Inet4Address) Addresses.ip("10.9.1.9"));

    assertThat(NeighbourFrame.decode(frame(arp)))
        .contains(new NeighbourFrame(NeighbourFrame.Kind.HAS, Addresses.ip("10.9.1.9"), MAC));
  }

  @Test
  void readsWhoSaysThatItHasAnIpv6Address() {
    byte[] advertisement =
        UnsolicitedAdvertisement.frame(MAC, (Inet6Address) Addresses.ip("fe80::9"), true);

    assertThat(NeighbourFrame.decode(frame(advertisement)))
        .contains(new NeighbourFrame(NeighbourFrame.Kind.HAS, Addresses.ip("fe80::9"), MAC));
  }

  @Test
  void believesNoAdvertisementFromAnotherNetwork() {
    byte[] advertisement =
        UnsolicitedAdvertisement.frame(MAC, (Inet6Address) Addresses.ip("fe80::9"), true);
    advertisement[21] = 64;

    assertThat(NeighbourFrame.decode(frame(advertisement))).isEmpty();
  }

  @Test
  void aProbeClaimsNothing() {
    byte[] probe = NeighbourProbe.frame(MAC, Addresses.ip("10.9.1.9"));
    byte[] solicitation = NeighbourProbe.frame(MAC, Addresses.ip("2001:db8::1:2:3"));

    assertThat(NeighbourFrame.decode(frame(probe))).isEmpty();
    assertThat(NeighbourFrame.decode(frame(solicitation))).isEmpty();
  }

  @Test
  void readsTheSourceOfOtherPackets() {
    byte[] packet = new byte[54];
    System.arraycopy(MAC.toBytes(), 0, packet, 6, 6);
    packet[12] = 0x08;
    System.arraycopy(new byte[] {10, 9, 1, 2}, 0, packet, 26, 4);

    assertThat(NeighbourFrame.decode(frame(packet)))
        .contains(
            new NeighbourFrame(NeighbourFrame.Kind.SENDS_FROM, Addresses.ip("10.9.1.2"), MAC));
  }

  @Test
  void cutAndDamagedFramesSayNothingAndThrowNothing() {
    byte[] arp = GratuitousArp.request(MAC, (Inet4Address) Addresses.ip("10.9.1.9"));
    for (int length = 0; length < arp.length; length++) {
      assertThat(NeighbourFrame.decode(frame(Arrays.copyOf(arp, length)))).isEmpty();
    }
    long seed = 20261126;
    Random random = new Random(seed);
    byte[][] types = {{0x08, 0x06}, {0x08, 0x00}, {(byte) 0x86, (byte) 0xDD}};
    for (int i = 0; i < 30_000; i++) {
      byte[] octets = new byte[random.nextInt(100)];
      random.nextBytes(octets);
      if (octets.length > 14) {
        System.arraycopy(types[random.nextInt(types.length)], 0, octets, 12, 2);
      }
      NeighbourFrame.decode(frame(octets))
          .ifPresent(
              it -> assertThat(it.address().isAnyLocalAddress()).as("seed " + seed).isFalse());
    }
  }

  /** By the layout of RFC 5227 section 2.1.1, and of RFC 4862 section 5.4.2 with RFC 4861. */
  @Test
  void asksAsTheRfcsSay() {
    assertThat(hex(NeighbourProbe.frame(MAC, Addresses.ip("10.9.1.9"))))
        .isEqualTo(
            "ffffffffffff"
                + "020000000007"
                + "0806"
                + "0001080006040001"
                + "020000000007"
                + "00000000"
                + "000000000000"
                + "0a090109");
    String solicitation = hex(NeighbourProbe.frame(MAC, Addresses.ip("2001:db8::1:2:3")));
    assertThat(solicitation)
        .startsWith("3333ff020003" + "020000000007" + "86dd" + "60000000" + "0018" + "3aff")
        .contains("00000000000000000000000000000000" + "ff0200000000000000000001ff020003")
        .endsWith("00000000" + "20010db8000000000000000100020003");
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
