package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vipd.protocol.wire.IpEnvelope;

/** Hosts on one wire and one clock. Packets arrive at once at every other host that is not cut. */
public final class FakeLan {

  private static final int VRID_OFFSET = 1;

  private final FakeClock clock = new FakeClock();
  private final List<FakeHost> hosts = new ArrayList<>();
  private final Set<FakeHost> cut = new HashSet<>();
  private final Set<Integer> lost = new HashSet<>();

  /** Adds a host; it has to be started. */
  public FakeHost add(String configuration, String address) {
    FakeHost host = new FakeHost(configuration, clock, address);
    hosts.add(host);
    host.channels.connect((envelope, payload) -> carry(host, envelope, payload));
    return host;
  }

  /** Pulls a cable that keeps its carrier: packets are lost in both directions. */
  public void cut(FakeHost host) {
    cut.add(host);
  }

  /** Plugs the cable in again. */
  public void heal(FakeHost host) {
    cut.remove(host);
  }

  /** Loses every packet of a virtual router, between all hosts. */
  public void lose(int vrid) {
    lost.add(vrid);
  }

  /** Loses no packet of a virtual router any more. */
  public void carryAgain(int vrid) {
    lost.remove(vrid);
  }

  private void carry(FakeHost from, IpEnvelope envelope, byte[] payload) {
    if (cut.contains(from) || lost.contains(Byte.toUnsignedInt(payload[VRID_OFFSET]))) {
      return;
    }
    for (FakeHost host : hosts) {
      if (host != from && !host.isStopped() && !cut.contains(host)) {
        host.channels.deliver(envelope, payload);
      }
    }
  }

  /** Lets time pass for all hosts together. */
  public void runSeconds(double seconds) {
    long end = clock.nanos() + Math.round(seconds * 1e9);
    settle();
    while (nextNanos() <= end) {
      clock.set(nextNanos());
      settle();
    }
    clock.set(end);
    settle();
  }

  private long nextNanos() {
    return hosts.stream()
        .filter(host -> !host.isStopped())
        .mapToLong(host -> host.network.wantedNanos())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void settle() {
    boolean isBusy = true;
    while (isBusy) {
      hosts.forEach(FakeHost::settle);
      isBusy =
          hosts.stream()
              .anyMatch(host -> !host.isStopped() && !host.network.wasIdle(clock.nanos()));
    }
  }

  /** Present virtual time in nanoseconds. */
  public long nanos() {
    return clock.nanos();
  }
}
