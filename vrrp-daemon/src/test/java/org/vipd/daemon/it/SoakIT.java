package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two nodes with 250 instances each, to which one thing after another is done at random: no address
 * is ever on both, and in the end each is on one.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class SoakIT extends LabTest {

  private static final int INSTANCES = 250;
  private static final long SECONDS = Long.getLong("vipd.soak.seconds", 120);
  private static final long SEED = Long.getLong("vipd.soak.seed", System.nanoTime());

  /** Histories and prepared messages fill up to their limits; what has none would be more. */
  private static final long HEAP_BYTES = 8 << 20;

  /**
   * With the interval of 2 s a Backup claims 1.2 s or more after a lease has ended, and of two
   * Backups one is 0.8 s ahead: a busy machine wakes, and refreshes, late by less.
   */
  private static final List<Integer> PRIORITIES = List.of(100, 2);

  private static final int LONGEST_PAUSE_MILLIS = 4000;
  private static final int LONGEST_SLEEP_MILLIS = 8000;

  /** What is done to a node; each ends before the next begins. */
  private enum Fault {
    LINK_DOWN,
    CABLE_PULLED,
    SLEEP,
    KILL,
    STOP,
    RELOAD,
    ADDRESS_DELETED
  }

  private final Random random = new Random(SEED);
  private final List<String> history = new ArrayList<>();
  private final List<VipdNode> nodes = new ArrayList<>();
  private List<AddressMonitor> monitors = List.of();

  private static String address(int number) {
    return "10.67.0." + number;
  }

  private static String configuration(int priority) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= INSTANCES; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              """
              vrrp_instance soak%d {
                interface eth0
                virtual_router_id %d
                version 3
                advert_int 2
                priority %d
                nopreempt
                garp_master_repeat 1
                virtual_ipaddress { %s/32 }
              }
              """,
              i,
              i,
              priority,
              address(i)));
    }
    return text.toString();
  }

  @Test
  void noAddressIsEverOnBothNodes() {
    System.out.println("soak of " + SECONDS + " s with seed " + SEED);
    List<Host> hosts =
        List.of(lab().host(name(0), "10.66.0.1/24"), lab().host(name(1), "10.66.0.2/24"));
    monitors = AddressMonitor.together(lab(), hosts);
    for (int i = 0; i < 2; i++) {
      nodes.add(VipdNode.start(hosts.get(i), configuration(PRIORITIES.get(i))));
    }
    awaitOneHolderEach("at the start");
    // first: whoever asks a Java machine leaves a socket in it
    List<Long> heapBefore = nodes.stream().map(LiveHeap::bytesOf).toList();
    List<Resources> before = nodes.stream().map(Resources::of).toList();
    long from = now();
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    while (System.nanoTime() - end < 0) {
      harm(random.nextInt(2));
      Await.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
    }
    awaitOneHolderEach("at the end");
    checkHoldings(Holding.between(from, now()));
    for (int i = 0; i < 2; i++) {
      before.get(i).awaitNoMoreIn(nodes.get(i));
      long grown = LiveHeap.bytesOf(nodes.get(i)) - heapBefore.get(i);
      System.out.println("soak: live heap of " + name(i) + " has grown by " + grown + " bytes");
      assertThat(grown).as("bytes of live heap, %s", story()).isLessThan(HEAP_BYTES);
      assertThat(nodes.get(i).log()).as(story()).doesNotContain("Exception");
      assertThat(nodes.get(i).stop()).isZero();
    }
  }

  private static String name(int node) {
    return node == 0 ? "one" : "two";
  }

  private void harm(int node) {
    VipdNode vipd = nodes.get(node);
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    long millis = random.nextInt(LONGEST_SLEEP_MILLIS);
    history.add(Instant.now() + " " + name(node) + ": " + fault + " " + millis + " ms");
    switch (fault) {
      case LINK_DOWN -> {
        vipd.host().run("ip", "link", "set", Lab.INTERFACE, "down");
        Await.pause(millis);
        vipd.host().run("ip", "link", "set", Lab.INTERFACE, "up");
      }
      case CABLE_PULLED -> {
        lab().connect(name(node), false);
        Await.pause(millis);
        lab().connect(name(node), true);
      }
      case SLEEP -> {
        vipd.process().signal("STOP");
        Await.pause(millis);
        vipd.process().signal("CONT");
      }
      case KILL, STOP -> {
        if (fault == Fault.KILL) {
          vipd.process().kill();
        } else {
          assertThat(vipd.stop()).as(story()).isZero();
        }
        Await.pause(millis);
        vipd.restart();
        Await.until("it answers", Await.GENEROUS, () -> vipd.status().isPresent(), vipd::log);
      }
      case RELOAD -> vipd.process().signal("HUP");
      case ADDRESS_DELETED -> delete(vipd, address(1 + random.nextInt(INSTANCES)) + "/32");
    }
  }

  private static void delete(VipdNode vipd, String address) {
    // it may not be there, or go in this moment
    String command = "ip address del " + address + " dev eth0 2>/dev/null || true";
    vipd.host().run("sh", "-c", command);
  }

  private void awaitOneHolderEach(String when) {
    Await.until(
        "each address is on one node " + when,
        Await.GENEROUS.multipliedBy(2),
        () -> {
          List<String> held =
              nodes.stream().flatMap(it -> held(it.host())).distinct().sorted().toList();
          long all = nodes.stream().flatMap(it -> held(it.host())).count();
          return held.size() == INSTANCES && all == INSTANCES;
        },
        this::story);
  }

  private static Stream<String> held(Host host) {
    return host.run("ip", "-o", "-4", "address", "show", "dev", Lab.INTERFACE)
        .lines()
        .map(line -> line.replaceAll(".* inet ([0-9.]+)/.*", "$1"))
        .filter(it -> it.startsWith("10.67."));
  }

  private void checkHoldings(Holding span) {
    Map<String, List<Holding>> one = monitors.get(0).holdings();
    Map<String, List<Holding>> two = monitors.get(1).holdings();
    long together = 0;
    long without = 0;
    for (int i = 1; i <= INSTANCES; i++) {
      String address = address(i);
      List<Holding> first = one.getOrDefault(address, List.of());
      List<Holding> second = two.getOrDefault(address, List.of());
      long both = Holding.longestTogether(first, second, span);
      assertThat(both)
          .as(() -> address + ": " + first + " and " + second + "\n" + story())
          .isZero();
      together = Math.max(together, both);
      without = Math.max(without, Holding.longestWithout(first, second, span));
    }
    System.out.printf(
        Locale.ROOT,
        "soak: %d faults in %d s, two holders %.3f s, no holder at most %.3f s%n",
        history.size(),
        SECONDS,
        together / 1e9,
        without / 1e9);
  }

  private String story() {
    return "seed "
        + SEED
        + "\n"
        + String.join("\n", history)
        + "\n"
        + nodes.stream().map(it -> lastLines(it.log())).toList();
  }

  private static String lastLines(String log) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
