package org.vipd.daemon.it;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
    STOP_AND_CONTINUE
  }

  /**
   * What one round showed.
   *
   * @param togetherNanos longest time with two holders
   * @param withoutNanos longest time without a holder
   */
  public record Round(long togetherNanos, long withoutNanos) {}

  private static final String VIP = Texts.VIP + "/24";
  private static final String OURS = "10.66.0.1";
  private static final long AWAKE_MILLIS = 2500;

  private final Host victimHost;
  private final Host otherHost;
  private final AddressMonitor victimMonitor;
  private final AddressMonitor otherMonitor;
  private final VipdNode victim;
  private final String settings;

  /** Starts both and waits until the one with the higher priority is Active. */
  public SafetyRig(Lab lab, Other other, int otherPriority, String settings) {
    this.settings = settings;
    victimHost = lab.host("one", OURS + "/24");
    otherHost = lab.host("two", "10.66.0.2/24");
    victimMonitor = new AddressMonitor(victimHost);
    otherMonitor = new AddressMonitor(otherHost);
    victim = VipdNode.start(victimHost, Texts.instance(150, settings));
    if (other == Other.VIPD) {
      VipdNode.start(otherHost, Texts.instance(otherPriority, settings));
    } else {
      KeepalivedNode.start(otherHost, Texts.instance(otherPriority, settings));
    }
    awaitHolder(victimMonitor, otherMonitor);
  }

  /** Harms the Active, watches, and brings it back. */
  public Round play(Harm harm) {
    long from = now();
    victim.process().signal(harm == Harm.KILL ? "KILL" : "STOP");
    Await.until(
        "the Backup has the address after " + harm,
        Await.GENEROUS,
        () -> isHolding(otherMonitor),
        this::describe);
    if (harm == Harm.STOP_AND_CONTINUE) {
      victim.process().signal("CONT");
    }
    // long enough for a sleeper to make a mistake, too short for it to claim again by right
    Await.pause(AWAKE_MILLIS);
    Holding span = Holding.between(from, now());
    Round round =
        new Round(
            Holding.longestTogether(holdings(victimMonitor), holdings(otherMonitor), span),
            Holding.longestWithout(holdings(victimMonitor), holdings(otherMonitor), span));
    recover(harm);
    return round;
  }

  private void recover(Harm harm) {
    if (harm != Harm.STOP_AND_CONTINUE) {
      victim.process().kill();
      victim.restart();
    }
    awaitHolder(victimMonitor, otherMonitor);
  }

  private void awaitHolder(AddressMonitor holder, AddressMonitor other) {
    Await.until(
        "the higher priority alone has the address",
        Await.GENEROUS,
        () -> isHolding(holder) && !isHolding(other),
        this::describe);
  }

  private static boolean isHolding(AddressMonitor monitor) {
    List<Holding> holdings = holdings(monitor);
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
        "settings: %s%nfirst host: %s%nsecond host: %s%n%s",
        Optional.of(settings).filter(it -> !it.isEmpty()).orElse("none"),
        holdings(victimMonitor),
        holdings(otherMonitor),
        victim.log());
  }
}
