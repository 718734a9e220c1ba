package org.vipd.daemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vipd.daemon.it.Distribution;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.SafetyRig;

/**
 * How long two hosts have the same address, and how long none has it, when the Active is killed,
 * stopped, or stopped and continued. Times are those of the kernels' reports.
 */
public final class SafetyBench {

  private static final int DEFAULT_ROUNDS = 50;
  private static final double NANOS_PER_SECOND = 1e9;

  private SafetyBench() {}

  /** Runs; the argument is the number of rounds of each kind. */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    Distribution.makeArchive();
    boolean isSafe = true;
    for (SafetyRig.Other other : SafetyRig.Other.values()) {
      for (SafetyRig.Harm harm : SafetyRig.Harm.values()) {
        isSafe &= measure(other, harm, "", rounds) == 0;
      }
    }
    measure(
        SafetyRig.Other.VIPD,
        SafetyRig.Harm.KILL,
        "version 3\n  advert_int 0.1",
        Math.max(1, rounds / 5));
    System.exit(isSafe ? 0 : 1);
  }

  private static long measure(
      SafetyRig.Other other, SafetyRig.Harm harm, String settings, int rounds) {
    List<Long> together = new ArrayList<>();
    List<Long> without = new ArrayList<>();
    try (Lab lab = Lab.create("safety")) {
      SafetyRig rig = new SafetyRig(lab, other, settings);
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
        "%-18s beside %-10s %-12s %d rounds: two holders, longest %.3f s; no holder, median %.3f"
            + " s, longest %.3f s%n",
        harm,
        other,
        settings.isEmpty() ? "at 1 s" : "at 0.1 s",
        rounds,
        together.get(rounds - 1) / NANOS_PER_SECOND,
        without.get(rounds / 2) / NANOS_PER_SECOND,
        without.get(rounds - 1) / NANOS_PER_SECOND);
    return together.get(rounds - 1);
  }
}
