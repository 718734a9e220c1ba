package org.vipd.daemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vipd.daemon.it.Await;
import org.vipd.daemon.it.Distribution;
import org.vipd.daemon.it.Host;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.SafetyRig;
import org.vipd.daemon.it.VipdNode;

/**
 * How long two hosts have the same address, and how long none has it, when the Active is killed,
 * stopped, or stopped and continued; all kinds at the same time, each in a lab of its own. Times
 * are those of the kernels' reports. Then what the lease costs a process with 1,000 addresses.
 */
public final class SafetyBench {

  private static final int DEFAULT_ROUNDS = 50;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int ADDRESSES = 1000;
  private static final long SETTLE_MILLIS = 6000;
  private static final int COST_SECONDS = 20;

  private SafetyBench() {}

  /** Runs; the argument is the number of rounds of each kind. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    Distribution.makeArchive();
    boolean isSafe = measureAll(rounds);
    for (String family : List.of("IPv4", "IPv6")) {
      for (String lease : List.of("auto", "off")) {
        cost(family, lease);
      }
    }
    System.exit(isSafe ? 0 : 1);
  }

  private static boolean measureAll(int rounds) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Long>> kinds = new ArrayList<>();
    for (SafetyRig.Other other : SafetyRig.Other.values()) {
      for (SafetyRig.Harm harm : SafetyRig.Harm.values()) {
        kinds.add(threads.submit(() -> measure(other, harm, "", rounds)));
      }
    }
    Future<Long> fast =
        threads.submit(
            () ->
                measure(
                    SafetyRig.Other.VIPD,
                    SafetyRig.Harm.KILL,
                    "version 3\n  advert_int 0.1",
                    rounds));
    long longest = 0;
    for (Future<Long> kind : kinds) {
      longest = Math.max(longest, kind.get());
    }
    long longestFast = fast.get();
    threads.shutdown();
    return longest == 0 && longestFast < 4 * NANOS_PER_SECOND;
  }

  private static long measure(
      SafetyRig.Other other, SafetyRig.Harm harm, String settings, int rounds) {
    List<Long> together = new ArrayList<>();
    List<Long> without = new ArrayList<>();
    try (Lab lab = Lab.create("safety")) {
      SafetyRig rig = new SafetyRig(lab, other, 100, settings);
      for (int i = 0; i < rounds; i++) {
        SafetyRig.Round round = rig.play(harm);
        together.add(round.togetherNanos());
        without.add(round.withoutNanos());
      }
    }
    together.sort(null);
    without.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-18s beside %-10s %-8s %d rounds: two holders, longest %.3f s; no holder, median %.3f s,"
            + " longest %.3f s%n",
        harm,
        other,
        settings.isEmpty() ? "at 1 s" : "at 0.1 s",
        rounds,
        together.get(rounds - 1) / NANOS_PER_SECOND,
        without.get(rounds / 2) / NANOS_PER_SECOND,
        without.get(rounds - 1) / NANOS_PER_SECOND);
    return together.get(rounds - 1);
  }

  private static void cost(String family, String lease) {
    String prefix = family.equals("IPv4") ? "10.77.%d.%d/32" : "2001:db8:77::%x:%x/128";
    String addresses =
        IntStream.range(0, ADDRESSES)
            .mapToObj(i -> String.format(Locale.ROOT, prefix, i / 250, 1 + i % 250))
            .collect(Collectors.joining("\n"));
    String text =
        String.format(
            Locale.ROOT,
            """
            vrrp_instance many {
              interface eth0
              virtual_router_id 77
              priority 255
              virtual_ipaddress { 10.77.9.1/24 }
              virtual_ipaddress_excluded {
                %s
              }
              garp_master_delay 0
              vipd_lease %s
            }
            """,
            addresses,
            lease);
    try (Lab lab = Lab.create("cost")) {
      Host host = lab.host("one", "10.66.0.1/24");
      VipdNode vipd = VipdNode.start(host, text);
      vipd.awaitState("MASTER");
      Await.pause(SETTLE_MILLIS);
      long before = processorNanos(vipd);
      Await.pause(COST_SECONDS * 1000L);
      double millis = (processorNanos(vipd) - before) / NANOS_PER_MILLI / COST_SECONDS;
      System.out.printf(
          Locale.ROOT,
          "%d %s addresses, lease %-4s: %.1f ms of processor time per second%n",
          ADDRESSES,
          family,
          lease,
          millis);
    }
  }

  private static long processorNanos(VipdNode vipd) {
    String command = "cat /proc/" + vipd.process().pid() + "/task/*/schedstat";
    return vipd.host()
        .run("sh", "-c", command)
        .lines()
        .mapToLong(line -> Long.parseLong(line.split(" ", -1)[0]))
        .sum();
  }
}
