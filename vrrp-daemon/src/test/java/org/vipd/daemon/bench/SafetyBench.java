package org.vipd.daemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.vipd.daemon.it.Await;
import org.vipd.daemon.it.Distribution;
import org.vipd.daemon.it.Host;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.SafetyRig;
import org.vipd.daemon.it.VipdNode;

/**
 * How long two hosts have the same address, and how long none has it, for each harm to the Active;
 * all kinds at the same time, each in a lab of its own, but for endless garbage collection, which
 * would starve the others. Times are those of the kernels' reports. Then what the lease costs a
 * process with 1,000 addresses.
 */
public final class SafetyBench {

  private static final int DEFAULT_ROUNDS = 50;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int ADDRESSES = 1000;
  private static final int ROUNDS_IN_A_LAB = 5;
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
    List<Callable<Boolean>> kinds = new ArrayList<>();
    List<Callable<Boolean>> last = new ArrayList<>();
    for (SafetyRig.Other other : SafetyRig.Other.values()) {
      for (SafetyRig.Harm harm : SafetyRig.Harm.values()) {
        Kind kind = new Kind(other, harm, Load.ONE);
        if (!harm.isPossible()) {
          System.out.println("SKIPPED: " + kind.title() + ": control groups cannot be made here");
        } else {
          (harm == SafetyRig.Harm.COLLECT_GARBAGE ? last : kinds).add(() -> kind.isSafe(rounds));
        }
      }
      Kind many = new Kind(other, SafetyRig.Harm.KILL, Load.THOUSAND);
      kinds.add(() -> many.isSafe(rounds));
    }
    for (SafetyRig.Other other : SafetyRig.Other.values()) {
      for (SafetyRig.Harm harm : List.of(SafetyRig.Harm.KILL, SafetyRig.Harm.STOP_AND_CONTINUE)) {
        Kind fast = new Kind(other, harm, Load.FAST);
        kinds.add(() -> fast.isSafe(rounds));
      }
    }
    boolean isSafe = areSafe(kinds);
    return areSafe(last) && isSafe;
  }

  private static boolean areSafe(List<Callable<Boolean>> kinds)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
    boolean areSafe = true;
    try {
      for (Future<Boolean> kind : threads.invokeAll(kinds)) {
        areSafe &= kind.get();
      }
    } finally {
      threads.shutdown();
    }
    return areSafe;
  }

  /** What the Active has. */
  private enum Load {
    ONE("at 1 s", "", 0, 0),
    /**
     * Others claim before the shortest useful lease ends: at most that lease, 3 s, and a second.
     */
    FAST("at 0.1 s", "version 3\n  advert_int 0.1", 0, 4 * NANOS_PER_SECOND),
    THOUSAND("at 1 s, 1,000 addresses", "garp_master_delay 0", ADDRESSES - 1, 0);

    private final String title;
    private final String settings;
    private final int more;
    private final double allowedNanos;

    Load(String title, String settings, int more, double allowedNanos) {
      this.title = title;
      this.settings = settings;
      this.more = more;
      this.allowedNanos = allowedNanos;
    }
  }

  private record Kind(SafetyRig.Other other, SafetyRig.Harm harm, Load load) {

    String title() {
      return String.format(Locale.ROOT, "%s beside %s %s", harm, other, load.title);
    }

    /** Plays, prints what it saw, and says whether it was within what is allowed. */
    boolean isSafe(int rounds) {
      List<Long> together = new ArrayList<>();
      List<Long> without = new ArrayList<>();
      List<Long> outages = new ArrayList<>();
      while (together.size() < rounds) {
        // a new lab now and then: what the monitors have seen grows with each second
        try (Lab lab = Lab.create("safety")) {
          SafetyRig rig = rig(lab);
          for (int i = 0; i < ROUNDS_IN_A_LAB && together.size() < rounds; i++) {
            SafetyRig.Round round = rig.play(harm);
            together.add(round.togetherNanos());
            without.add(round.withoutNanos());
            outages.add(round.outageNanos());
            if (round.togetherNanos() > load.allowedNanos) {
              System.out.printf(
                  Locale.ROOT,
                  "%s: two holders for %.3f s%n%s%n",
                  title(),
                  round.togetherNanos() / NANOS_PER_SECOND,
                  rig.log());
            }
          }
        }
      }
      print(together, without, outages);
      return together.stream().allMatch(it -> it <= load.allowedNanos);
    }

    private SafetyRig rig(Lab lab) {
      return load.more == 0
          ? new SafetyRig(lab, other, 100, load.settings)
          : new SafetyRig(lab, other, 100, load.settings, addresses("10.77.%d.%d/32", load.more));
    }

    private void print(List<Long> together, List<Long> without, List<Long> outages) {
      together.sort(null);
      without.sort(null);
      outages.sort(null);
      int last = together.size() - 1;
      System.out.printf(
          Locale.ROOT,
          "%s, %d rounds: two holders, longest %.3f s; no holder, median %.3f s, longest %.3f s;"
              + " a client without an answer, median %.3f s, longest %.3f s%n",
          title(),
          together.size(),
          together.get(last) / NANOS_PER_SECOND,
          without.get(without.size() / 2) / NANOS_PER_SECOND,
          without.get(last) / NANOS_PER_SECOND,
          outages.get(outages.size() / 2) / NANOS_PER_SECOND,
          outages.get(last) / NANOS_PER_SECOND);
    }
  }

  private static List<String> addresses(String pattern, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(Locale.ROOT, pattern, i / 250, 1 + i % 250))
        .toList();
  }

  private static void cost(String family, String lease) {
    String prefix = family.equals("IPv4") ? "10.77.%d.%d/32" : "2001:db8:77::%x:%x/128";
    String addresses = String.join("\n", addresses(prefix, ADDRESSES));
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
