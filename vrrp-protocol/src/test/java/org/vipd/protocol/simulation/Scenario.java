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
 * @param maximumDelayNanos greatest time on the wire
 * @param faults faults injected, one after the other
 */
record Scenario(
    List<RouterConfig> configs,
    int lossPercent,
    int duplicatePercent,
    long maximumDelayNanos,
    int faults) {
  private static final long MILLISECOND = 1_000_000L;
  static final AddressList ADDRESSES =
      AddressList.of(AddressFamily.IPV4, List.of(IpAddress.parse("192.0.2.1").orElseThrow()));
  static final AddressList TWO_ADDRESSES =
      AddressList.of(
          AddressFamily.IPV4,
          List.of(
              IpAddress.parse("192.0.2.1").orElseThrow(),
              IpAddress.parse("192.0.2.2").orElseThrow()));
  private static final int[] PRIORITIES = {1, 50, 100, 100, 100, 150, 200, 254};
  private static final int[] CENTISECONDS = {10, 20, 50, 100, 100, 300};

  static Scenario of(Random random) {
    int count = 3 + random.nextInt(3);
    VrrpVersion version = random.nextInt(3) == 0 ? VrrpVersion.V2 : VrrpVersion.V3;
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
          RouterConfig.of(version, Vrid.of(7), ADDRESSES, address(i, random))
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
        5 + random.nextInt(10));
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
  private static IpAddress address(int index, Random random) {
    long network = random.nextBoolean() ? 0x0A00_0000L : 0xC0A8_0000L;
    return new IpAddress(AddressFamily.IPV4, 0, network + 10 + index);
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
