package org.vipd.daemon.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vipd.daemon.it.Await;
import org.vipd.daemon.it.Capture;
import org.vipd.daemon.it.Distribution;
import org.vipd.daemon.it.Frame;
import org.vipd.daemon.it.Host;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.VipdNode;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.route.AddressRequest;
import org.vipd.netlink.route.RouteClient;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.NetworkNamespace;

/**
 * 1,000 addresses: how long after the claim the last one is announced, what refreshing their lease
 * costs the loop in a second, and for how long the loop is held. The last is measured in processor
 * time of the calls that the loop makes in one turn, which a busy machine does not lengthen, and by
 * another instance of the same daemon that advertises every 10 ms: a gap between two of its
 * advertisements is a time in which the loop did something else, or the machine did.
 */
public final class AddressesBench {

  private static final int DEFAULT_ROUNDS = 20;
  private static final int ADDRESSES = 1000;
  private static final int PULSE_VRID = 7;
  private static final int VRID_OFFSET = 14 + 20 + 1;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long PULSE_NANOS = 10_000_000L;
  private static final long SETTLE_MILLIS = 6000;
  private static final int COST_SECONDS = 20;

  private AddressesBench() {}

  /** Runs; the argument is the number of takeovers. */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    Distribution.makeArchive();
    claims(rounds);
    for (String family : List.of("IPv4", "IPv6")) {
      cost(family, "auto");
      cost(family, "off");
    }
    portions();
    for (String family : List.of("none", "IPv4", "IPv6")) {
      pulse(family);
    }
    System.exit(0);
  }

  private static List<String> addresses(String family) {
    String form = family.equals("IPv6") ? "2001:db8:77::%x:%x" : "10.77.%d.%d";
    int count = family.equals("none") ? 1 : ADDRESSES;
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(Locale.ROOT, form, i / 250, 1 + i % 250))
        .toList();
  }

  private static String many(String family, int priority, String more) {
    String length = family.equals("IPv6") ? "/128" : "/32";
    return String.format(
        Locale.ROOT,
        """
        vrrp_instance many {
          interface eth0
          virtual_router_id 77
          priority %d
          virtual_ipaddress { 10.77.9.1/24 }
          virtual_ipaddress_excluded {
            %s
          }
          garp_master_repeat 1
          garp_master_delay 0
          %s
        }
        """,
        priority,
        addresses(family).stream().map(it -> it + length).collect(Collectors.joining("\n")),
        more);
  }

  /** A Backup takes over from one that resigns: from its first advertisement on the wire. */
  private static void claims(int rounds) {
    List<Double> announced = new ArrayList<>();
    try (Lab lab = Lab.create("claims")) {
      Host one = lab.host("one", "10.66.0.1/24");
      Host two = lab.host("two", "10.66.0.2/24");
      VipdNode backup = VipdNode.start(one, many("IPv4", 100, "listen_before_claim off"));
      for (int i = 0; i < rounds; i++) {
        VipdNode active = VipdNode.start(two, many("IPv4", 200, ""));
        active.awaitState("MASTER");
        backup.awaitState("BACKUP");
        Await.pause(SETTLE_MILLIS);
        try (Capture capture = lab.capture()) {
          active.process().signal("TERM");
          active.process().awaitExit();
          backup.awaitState("MASTER");
          Await.until("all are announced", () -> lastAnnouncement(capture).size() == ADDRESSES);
          announced.add(claimToLast(capture));
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d IPv4 addresses, %d takeovers: from the claim to the last announcement, ms (median,"
            + " smallest, largest; goal: 40): %s%n",
        ADDRESSES,
        rounds,
        Figures.of(announced).columns(1));
  }

  /** The first announcement of each address. */
  private static Map<String, Long> lastAnnouncement(Capture capture) {
    Map<String, Long> first = new HashMap<>();
    for (Frame frame : capture.frames()) {
      frame
          .announced()
          .filter(it -> it.startsWith("10.77.") && !it.equals("10.77.9.1"))
          .ifPresent(it -> first.putIfAbsent(it, frame.timeNanos()));
    }
    return first;
  }

  private static double claimToLast(Capture capture) {
    long claim =
        capture
            .first(it -> it.isAdvertisementFrom("10.66.0.1") && it.priority() == 100)
            .orElseThrow()
            .timeNanos();
    long last = lastAnnouncement(capture).values().stream().mapToLong(it -> it).max().orElseThrow();
    return (last - claim) / NANOS_PER_MILLI;
  }

  /** Processor time of the busiest thread, which is the loop. */
  private static void cost(String family, String lease) {
    try (Lab lab = Lab.create("cost")) {
      VipdNode vipd =
          VipdNode.start(lab.host("one", "10.66.0.1/24"), many(family, 255, "vipd_lease " + lease));
      vipd.awaitState("MASTER");
      Await.pause(SETTLE_MILLIS);
      Map<String, Long> before = threadNanos(vipd);
      Await.pause(COST_SECONDS * 1000L);
      double busiest =
          threadNanos(vipd).entrySet().stream()
              .mapToLong(it -> it.getValue() - before.getOrDefault(it.getKey(), 0L))
              .max()
              .orElseThrow();
      System.out.printf(
          Locale.ROOT,
          "%d %s addresses, lease %-4s: the loop takes %.1f ms in a second (%d are held)%n",
          ADDRESSES,
          family,
          lease,
          busiest / NANOS_PER_MILLI / COST_SECONDS,
          vipd.instance().orElseThrow().getAsJsonArray("heldAddresses").size() - 1);
    }
  }

  private static Map<String, Long> threadNanos(VipdNode vipd) {
    String command = "cd /proc/" + vipd.process().pid() + "/task && grep -H . */schedstat";
    Map<String, Long> nanos = new HashMap<>();
    for (String line : vipd.host().run("sh", "-c", command).lines().toList()) {
      String[] words = line.split("[/: ]", -1);
      nanos.put(words[0], Long.parseLong(words[2]));
    }
    return nanos;
  }

  /** What the kernel takes for the IPv6 addresses of one turn, and for all at once. */
  private static void portions() {
    try (Lab lab = Lab.create("portion")) {
      NetworkNamespace namespace = lab.host("one", "10.66.0.1/24").namespace();
      InterfaceIndex index = new InterfaceIndex(namespace.interfaceIndex(Lab.INTERFACE));
      List<AddressRequest> all =
          addresses("IPv6").stream()
              .map(it -> AddressRequest.of(index, Addresses.host(it)))
              .toList();
      try (RouteClient client = namespace.call(RouteClient::open)) {
        print("added, 16 in a turn", inPortions(all, 16, client::add));
        print("refreshed, 32 in a turn", inPortions(all, 32, client::refresh));
        print("removed, all in one turn", inPortions(all, ADDRESSES, client::remove));
      }
    }
  }

  private static List<Double> inPortions(
      List<AddressRequest> all, int size, Consumer<List<AddressRequest>> call) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> millis = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      List<AddressRequest> portion = all.subList(from, Math.min(all.size(), from + size));
      long before = threads.getCurrentThreadCpuTime();
      call.accept(portion);
      millis.add((threads.getCurrentThreadCpuTime() - before) / NANOS_PER_MILLI);
    }
    return millis;
  }

  private static void print(String what, List<Double> millis) {
    System.out.printf(
        Locale.ROOT,
        "%d IPv6 addresses %-24s: processor time of a turn, ms (median, smallest, largest; goal:"
            + " 20): %s%n",
        ADDRESSES,
        what,
        Figures.of(millis).columns(2));
  }

  /**
   * Gaps between advertisements every 10 ms: while nothing moves, and over a claim and a release.
   */
  private static void pulse(String family) {
    String pulse =
        """
        vrrp_instance pulse {
          interface eth0
          version 3
          advert_int 0.01
          priority 255
          virtual_router_id 7
          virtual_ipaddress { 10.66.0.107/24 }
          vipd_lease off
        }
        """;
    String text = pulse + many(family, 255, "");
    try (Lab lab = Lab.create("pulse")) {
      VipdNode vipd = VipdNode.start(lab.host("one", "10.66.0.1/24"), text);
      Await.until("it is there", () -> vipd.state().equals("MASTER"));
      Await.pause(SETTLE_MILLIS);
      try (Capture capture = lab.capture()) {
        Await.pause(COST_SECONDS * 1000L);
        report(family, "refreshed", capture);
      }
      try (Capture capture = lab.capture()) {
        vipd.reload(pulse);
        Await.until("released", () -> vipd.log().contains("generation 2"));
        Await.pause(SETTLE_MILLIS);
        report(family, "released", capture);
      }
      try (Capture capture = lab.capture()) {
        vipd.reload(text);
        Await.until("claimed", () -> vipd.log().contains("generation 3"));
        Await.pause(SETTLE_MILLIS);
        report(family, "claimed", capture);
      }
    }
  }

  private static void report(String family, String what, Capture capture) {
    List<Double> gaps = new ArrayList<>();
    long last = 0;
    for (Frame frame : capture.frames()) {
      if (frame.isAdvertisement() && frame.octet(VRID_OFFSET) == PULSE_VRID) {
        if (last != 0) {
          gaps.add((frame.timeNanos() - last - PULSE_NANOS) / NANOS_PER_MILLI);
        }
        last = frame.timeNanos();
      }
    }
    gaps.sort(null);
    int count = gaps.size();
    System.out.printf(
        Locale.ROOT,
        "addresses %-4s %-9s: advertisements every 10 ms are late by ms, median %.2f, 99 %% %.2f,"
            + " longest three %.1f %.1f %.1f (of %d; goal: 20)%n",
        family,
        what,
        gaps.get(count / 2),
        gaps.get(count * 99 / 100),
        gaps.get(count - 3),
        gaps.get(count - 2),
        gaps.get(count - 1),
        count);
  }
}
