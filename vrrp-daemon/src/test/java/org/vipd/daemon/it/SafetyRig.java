package org.vipd.daemon.it;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Two hosts and one address: a vipd with priority 150 that something is done to, and a Backup with
 * a lower one. What counts is what the kernels report about the address, not what daemons say.
 */
public final class SafetyRig {

  /** Who is the Backup. */
  public enum Other {
    VIPD,
    KEEPALIVED
  }

  /** What is done to the Active. */
  public enum Harm {
    /** It dies. */
    KILL,
    /** It hangs. */
    STOP,
    /** It hangs, and wakes up when another has taken over. */
    STOP_AND_CONTINUE,
    /** It hangs, and wakes up after ten seconds. */
    STOP_FOR_TEN_SECONDS,
    /** The kernel freezes its control group, and thaws it after ten seconds. */
    FREEZE,
    /** The kernel gives it no more memory, and kills it for asking. */
    EXHAUST_MEMORY,
    /** It is made to collect garbage without a break for ten seconds, which it survives. */
    COLLECT_GARBAGE;

    boolean isDeadly() {
      return this == KILL || this == EXHAUST_MEMORY;
    }

    /** Whether somebody else takes over for sure. */
    boolean movesAddress() {
      return this != COLLECT_GARBAGE;
    }

    /** Whether this machine lets tests do it. */
    public boolean isPossible() {
      String controller = this == FREEZE ? "freezer" : this == EXHAUST_MEMORY ? "memory" : "";
      if (controller.isEmpty()) {
        return true;
      }
      Optional<ControlGroup> group =
          ControlGroup.create(
              controller,
              "vipd-possible-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
      group.ifPresent(ControlGroup::close);
      return group.isPresent();
    }
  }

  /**
   * What one round showed.
   *
   * @param togetherNanos longest time with two holders
   * @param withoutNanos longest time without a holder
   * @param outageNanos longest time in which a client had no answer from the first address
   */
  public record Round(long togetherNanos, long withoutNanos, long outageNanos) {}

  private static final String VIP = Texts.VIP + "/24";

  /** The kernel has other code for these. */
  private static final String IPV6 = "2001:db8:66::100/128";

  private static final String OURS = "10.66.0.1";
  private static final long AWAKE_MILLIS = 2500;

  /** By then an Active has advertised in its place, and what it claimed has the whole lease. */
  private static final long IN_STEP_MILLIS = 2500;

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long LONG_MILLIS = 10_000;
  private static final long NO_MEMORY_BYTES = 64 << 10;
  private static final int COLLECTORS = 2;

  private final Host victimHost;
  private final Host otherHost;
  private final AddressMonitor victimMonitor;
  private final AddressMonitor otherMonitor;
  private final PingingClient client;
  private final VipdNode victim;
  private final String settings;
  private final List<String> watched;
  private Optional<ControlGroup> group = Optional.empty();
  private int rounds;

  /**
   * Starts both, with an IPv4 and an IPv6 address, and waits until the one with the higher priority
   * is Active.
   */
  public SafetyRig(Lab lab, Other other, int otherPriority, String settings) {
    this(lab, other, otherPriority, settings, List.of(IPV6));
  }

  /**
   * The same with other addresses beside the first.
   *
   * @param more with prefix length, as the kernel reports them
   */
  public SafetyRig(Lab lab, Other other, int otherPriority, String settings, List<String> more) {
    this.settings = settings;
    String all = settings + excluded(more);
    watched = new ArrayList<>(List.of(VIP));
    watched.addAll(more);
    victimHost = lab.host("one", OURS + "/24");
    otherHost = lab.host("two", "10.66.0.2/24");
    List<AddressMonitor> monitors = AddressMonitor.together(lab, List.of(victimHost, otherHost));
    victimMonitor = monitors.get(0);
    otherMonitor = monitors.get(1);
    client = PingingClient.start(lab.host("client", "10.66.0.3/24"), Texts.VIP);
    victim = VipdNode.start(victimHost, Texts.instance(150, all));
    if (other == Other.VIPD) {
      VipdNode.start(otherHost, Texts.instance(otherPriority, all));
    } else {
      KeepalivedNode.start(otherHost, Texts.instance(otherPriority, all));
    }
    // of the two kinds of peer one begins with an Active that is in step, the other with a new one
    rounds = other == Other.VIPD ? 0 : 1;
    awaitHolder(victimMonitor, otherMonitor);
  }

  private static String excluded(List<String> more) {
    return more.isEmpty()
        ? ""
        : "\n  virtual_ipaddress_excluded {\n" + String.join("\n", more) + "\n  }\n";
  }

  /**
   * Harms the Active, watches, and brings it back: in turn one that is in step, whose leases are
   * whole, and one that has just claimed.
   */
  public Round play(Harm harm) {
    if (rounds % 2 == 0) {
      Await.pause(IN_STEP_MILLIS);
      // a starved one may have given up meanwhile
      awaitHolder(victimMonitor, otherMonitor);
    }
    rounds++;
    long from = now();
    switch (harm) {
      case KILL -> victim.process().signal("KILL");
      case STOP, STOP_AND_CONTINUE, STOP_FOR_TEN_SECONDS -> victim.process().signal("STOP");
      case FREEZE -> freeze(true);
      case EXHAUST_MEMORY -> takeMemory();
      case COLLECT_GARBAGE -> collectGarbage();
    }
    if (harm.movesAddress()) {
      Await.until(
          "the Backup has the address after " + harm,
          Await.GENEROUS,
          () -> isHolding(otherMonitor),
          this::describe);
    }
    wakeUp(harm, from);
    // long enough for a sleeper to make a mistake, too short for it to claim again by right; what
    // happens while this test oversleeps does not count
    Holding span = Holding.between(from, now() + AWAKE_MILLIS * NANOS_PER_MILLI);
    Await.pause(AWAKE_MILLIS);
    Round round = round(span);
    recover(harm);
    return round;
  }

  /** The worst of all addresses. */
  private Round round(Holding span) {
    Map<String, List<Holding>> ofVictim = victimMonitor.holdings();
    Map<String, List<Holding>> ofOther = otherMonitor.holdings();
    long together = 0;
    long without = 0;
    for (String address : watched) {
      String key = address.substring(0, address.indexOf('/'));
      List<Holding> one = ofVictim.getOrDefault(key, List.of());
      List<Holding> two = ofOther.getOrDefault(key, List.of());
      together = Math.max(together, Holding.longestTogether(one, two, span));
      without = Math.max(without, Holding.longestWithout(one, two, span));
    }
    return new Round(together, without, client.longestOutage(span));
  }

  private void wakeUp(Harm harm, long from) {
    if (harm == Harm.STOP_FOR_TEN_SECONDS || harm == Harm.FREEZE) {
      Await.pause(Math.max(0, LONG_MILLIS - (now() - from) / NANOS_PER_MILLI));
    }
    if (harm == Harm.FREEZE) {
      freeze(false);
    } else if (harm == Harm.STOP_AND_CONTINUE || harm == Harm.STOP_FOR_TEN_SECONDS) {
      victim.process().signal("CONT");
    }
  }

  private void freeze(boolean isFrozen) {
    if (isFrozen) {
      group = made("freezer");
      group.orElseThrow().add(victim.process().pid());
      group.orElseThrow().freeze(true);
    } else {
      group.orElseThrow().freeze(false);
    }
  }

  /** What it has already stays; the next page that it touches for the first time is its last. */
  private void takeMemory() {
    group = made("memory");
    group.orElseThrow().limitMemory(NO_MEMORY_BYTES);
    group.orElseThrow().add(victim.process().pid());
    Await.until(
        "it asks for memory",
        Await.GENEROUS,
        () -> {
          var unused = victim.status();
          return !victim.process().isAlive();
        },
        this::describe);
  }

  private Optional<ControlGroup> made(String controller) {
    Optional<ControlGroup> made =
        ControlGroup.create(controller, "vipd-harm-" + victim.process().pid());
    if (made.isEmpty()) {
      throw new IllegalStateException("no control group for " + controller);
    }
    return made;
  }

  private void collectGarbage() {
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    String loop =
        "end=$(($(date +%s) + 10)); while [ $(date +%s) -lt $end ]; do "
            + jcmd
            + " "
            + victim.process().pid()
            + " GC.run; done";
    List<Launched> collectors = new ArrayList<>();
    for (int i = 0; i < COLLECTORS; i++) {
      collectors.add(victimHost.start("collector" + i, List.of("sh", "-c", loop), Map.of()));
    }
    collectors.forEach(Launched::awaitExit);
  }

  private void recover(Harm harm) {
    if (harm.isDeadly() || harm == Harm.STOP) {
      victim.process().kill();
    }
    group.ifPresent(ControlGroup::close);
    group = Optional.empty();
    if (harm.isDeadly() || harm == Harm.STOP) {
      victim.restart();
    }
    awaitHolder(victimMonitor, otherMonitor);
  }

  /** Whoever gives many addresses up needs a while for it. */
  private void awaitHolder(AddressMonitor holder, AddressMonitor other) {
    Await.until(
        "the higher priority alone has the addresses",
        Await.GENEROUS,
        () -> isHolding(holder) && countHeld(holder) == watched.size() && countHeld(other) == 0,
        this::describe);
  }

  private long countHeld(AddressMonitor monitor) {
    Map<String, List<Holding>> all = monitor.holdings();
    return watched.stream()
        .map(it -> all.getOrDefault(it.substring(0, it.indexOf('/')), List.of()))
        .filter(it -> !it.isEmpty() && it.get(it.size() - 1).toNanos() == Long.MAX_VALUE)
        .count();
  }

  /** Whether it has the first and the last of the addresses. */
  private boolean isHolding(AddressMonitor monitor) {
    return isHolding(monitor, VIP) && isHolding(monitor, watched.get(watched.size() - 1));
  }

  private static boolean isHolding(AddressMonitor monitor, String address) {
    List<Holding> holdings = monitor.holdings(address);
    return !holdings.isEmpty() && holdings.get(holdings.size() - 1).toNanos() == Long.MAX_VALUE;
  }

  private static List<Holding> holdings(AddressMonitor monitor) {
    return monitor.holdings(VIP);
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** What the daemon of the victim has said. */
  public String log() {
    return victim.log();
  }

  private String describe() {
    return String.format(
        Locale.ROOT,
        "settings: %s, addresses: %d%nfirst host: %s%nsecond host: %s%n%s",
        Optional.of(settings).filter(it -> !it.isEmpty()).orElse("none"),
        watched.size(),
        holdings(victimMonitor),
        holdings(otherMonitor),
        victim.log());
  }
}
