package org.vipd.daemon.runtime;

import java.time.Instant;
import java.time.InstantSource;
import org.vipd.daemon.port.NanoClock;

/**
 * What all virtual routers share.
 *
 * @param ports the outside
 * @param clock monotonic time
 * @param arrivals when the packets of this turn arrived
 * @param wallClock for time stamps only
 * @param stalls times at which the loop woke up late
 * @param interfaces what the kernel reported
 * @param tables channels, checks and the set of all virtual addresses
 */
record RouterContext(
    RuntimePorts ports,
    NanoClock clock,
    ArrivalClock arrivals,
    InstantSource wallClock,
    Stalls stalls,
    InterfaceTable interfaces,
    Tables tables) {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** With tables that know nothing yet. */
  static RouterContext of(
      RuntimePorts ports, NanoClock clock, ArrivalClock arrivals, InstantSource wallClock) {
    InterfaceTable interfaces = new InterfaceTable(clock);
    Tables tables =
        new Tables(
            new SegmentTable(ports.channels(), ports.journal(), arrivals),
            new CheckTable(),
            new TrackerTable(interfaces),
            new GroupTable(new GroupVoice(ports, wallClock)),
            new AnnouncementPacer(ports.announcements(), clock),
            new Neighbourhood(ports.neighbours(), clock),
            new LeaseKeeper(ports.addresses(), clock),
            new KernelPace(),
            new RemovalQueue(ports.addresses(), interfaces, clock),
            new EarliestDeadline(),
            new Occasion(),
            new VirtualAddresses());
    Stalls stalls = new Stalls(ports.network(), ports.journal(), ports.notices(), wallClock);
    return new RouterContext(ports, clock, arrivals, wallClock, stalls, interfaces, tables);
  }

  /** Whether a router goes on as the Active that a former process was. */
  ResumptionRule resumptionRule() {
    return new ResumptionRule(interfaces, ports.addresses());
  }

  /** Time of day in nanoseconds since 1970, for signatures only. */
  long utcNanos() {
    Instant now = wallClock.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }

  /**
   * Shared tables.
   *
   * @param segments open channels
   * @param checks health checks
   * @param trackers interfaces, files, processes and BFD sessions
   * @param groups sync groups
   * @param announcements gratuitous ARP and neighbour advertisements that wait
   * @param neighbourhood what other hosts say about addresses
   * @param leases of the addresses that routers have
   * @param installations how fast the kernel installs IPv6 addresses
   * @param removals of addresses that routers gave up
   * @param earliest when the first router has something to do
   * @param occasion what explains changes of all routers now
   * @param virtualAddresses every virtual address of the configuration: never a source of
   *     advertisements
   */
  record Tables(
      SegmentTable segments,
      CheckTable checks,
      TrackerTable trackers,
      GroupTable groups,
      AnnouncementPacer announcements,
      Neighbourhood neighbourhood,
      LeaseKeeper leases,
      KernelPace installations,
      RemovalQueue removals,
      EarliestDeadline earliest,
      Occasion occasion,
      VirtualAddresses virtualAddresses) {}
}
