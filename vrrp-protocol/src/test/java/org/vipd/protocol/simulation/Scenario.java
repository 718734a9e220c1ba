package org.vipd.protocol.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vipd.protocol.machine.AnnouncePolicy;
import org.vipd.protocol.machine.Behaviour;
import org.vipd.protocol.machine.Preemption;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/**
 * The LAN that a seed describes.
 *
 * @param configs one per router
 * @param lossPercent packets lost during the faulty phase, 0 to 40
 * @param duplicatePercent packets that arrive twice, 0 to 20
 * @param maximumDelayNanos greatest time on the wire, stragglers apart
 * @param stragglers packets that others overtake during the faulty phase
 * @param faults faults injected, one after the other
 */
record Scenario(
    List<RouterConfig> configs,
    int lossPercent,
    int duplicatePercent,
    long maximumDelayNanos,
    Stragglers stragglers,
    int faults) {
  private static final long MILLISECOND = 1_000_000L;
  private static final int[] PRIORITIES = {1, 50, 100, 100, 100, 150, 200, 254};
  private static final int[] CENTISECONDS = {10, 20, 50, 100, 100, 300};

  static Scenario of(Random random) {
    int count = 3 + random.nextInt(3);
    VrrpVersion version = random.nextInt(3) == 0 ? VrrpVersion.V2 : VrrpVersion.V3;
    boolean isIpv6 = version == VrrpVersion.V3 && random.nextInt(3) == 0;
    AddressFamily family = isIpv6 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    boolean isMixed = version == VrrpVersion.V3 && random.nextBoolean();
    AdvertInterval common = interval(version, random);
    int owner = random.nextInt(5) == 0 ? random.nextInt(count) : -1;
    int secondOwner = owner >= 0 && random.nextInt(4) == 0 ? random.nextInt(count) : -1;
    List<RouterConfig> configs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isOwner = i == owner || i == secondOwner;
      int priority = isOwner ? 255 : PRIORITIES[random.nextInt(PRIORITIES.length)];
      AdvertInterval interval = isMixed ? interval(version, random) : common;
      configs.add(
          RouterConfig.of(version, Vrid.of(7), addresses(family, 1), address(family, i, random))
              .withPriority(Priority.of(priority))
              .withInterval(interval)
              .withPreemption(preemption(interval, random))
              .withBehaviour(new Behaviour(3, random.nextInt(3) > 0, true, 10 * MILLISECOND))
              .withAnnouncePolicy(announcements(random)));
    }
    return new Scenario(
        List.copyOf(configs),
        random.nextBoolean() ? 0 : random.nextInt(40),
        random.nextBoolean() ? 0 : random.nextInt(20),
        (1 + random.nextInt(8)) * MILLISECOND,
        stragglers(configs, random),
        5 + random.nextInt(10));
  }

  /**
   * Packets on the wire for so long that later ones arrive before them.
   *
   * @param percent how many do, 0 to 30
   * @param maximumDelayNanos greatest time on the wire
   */
  record Stragglers(int percent, long maximumDelayNanos) {}

  // Up to two of the longest intervals: several advertisements of anybody overtake such a packet.
  private static Stragglers stragglers(List<RouterConfig> configs, Random random) {
    long longest =
        configs.stream().mapToLong(config -> config.interval().nanos()).max().orElseThrow();
    return random.nextBoolean()
        ? new Stragglers(0, 0)
        : new Stragglers(1 + random.nextInt(30), longest / 2 * (1 + random.nextInt(4)));
  }

  /** One or two virtual addresses. */
  static AddressList addresses(AddressFamily family, int count) {
    List<String> all =
        family == AddressFamily.IPV4
            ? List.of("192.0.2.1", "192.0.2.2")
            : List.of("fe80::1", "2001:db8::1");
    return AddressList.of(
        family,
        all.subList(0, count).stream()
            .map(literal -> IpAddress.parse(literal).orElseThrow())
            .toList());
  }

  /** An interval that this scenario may change to: none longer than its longest. */
  AdvertInterval otherInterval(Random random) {
    AdvertInterval other = interval(configs.get(0).version(), random);
    return other.nanos() <= longestIntervalNanos() ? other : configs.get(0).interval();
  }

  /** The longest interval of any router. */
  long longestIntervalNanos() {
    return configs.stream().mapToLong(config -> config.interval().nanos()).max().orElseThrow();
  }

  /** True when not all routers have the same interval. */
  boolean hasMixedIntervals() {
    return configs.stream().map(RouterConfig::interval).distinct().count() > 1;
  }

  /** The longest preempt delay of any router. */
  long longestPreemptDelayNanos() {
    return configs.stream().mapToLong(RouterConfig::preemptDelayNanos).max().orElseThrow();
  }

  private static AdvertInterval interval(VrrpVersion version, Random random) {
    return version == VrrpVersion.V2
        ? AdvertInterval.ofSeconds(1 + random.nextInt(2))
        : AdvertInterval.ofCentiseconds(CENTISECONDS[random.nextInt(CENTISECONDS.length)]);
  }

  // Some addresses have the top bit set: the comparison must be unsigned.
  private static IpAddress address(AddressFamily family, int index, Random random) {
    boolean isHigh = random.nextBoolean();
    if (family == AddressFamily.IPV6) {
      long host = isHigh ? 0x8000_0000_0000_0000L : 0x0200_0000_0000_0000L;
      return new IpAddress(family, 0xFE80_0000_0000_0000L, host + 10 + index);
    }
    return new IpAddress(family, 0, (isHigh ? 0xC0A8_0000L : 0x0A00_0000L) + 10 + index);
  }

  private static Preemption preemption(AdvertInterval interval, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Preemption.OFF;
      case 1 -> new Preemption(true, interval.nanos() * (1 + random.nextInt(4)));
      default -> Preemption.IMMEDIATE;
    };
  }

  private static AnnouncePolicy announcements(Random random) {
    return random.nextBoolean()
        ? AnnouncePolicy.DEFAULT
        : new AnnouncePolicy(
            1, 0, 2_000 * MILLISECOND, 1, new AnnouncePolicy.Rival(random.nextInt(3), 0));
  }
}
