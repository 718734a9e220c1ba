package org.vipd.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dvipd.simulation.seeds=N} runs another number of seeds. */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("vipd.simulation.seeds", 20_000);
  private static final int SEEDS_FOR_FAULTS = 3000;

  @Test
  void keepsEveryInvariantUnderEverySeed() {
    List<String> failures = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && failures.size() < 5; seed++) {
      try {
        Simulation.run(seed);
      } catch (Violation violation) {
        failures.add(violation.getMessage());
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void keepsEveryInvariantWhenAdvertisementsComeEarly() {
    List<String> failures = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS / 4 && failures.size() < 5; seed++) {
      try {
        Simulation.run(seed, EarlyRiser::new, EnumSet.allOf(Invariant.class));
      } catch (Violation violation) {
        failures.add(violation.getMessage());
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void givesTheSameHistoryForTheSameSeed() {
    for (long seed = 1; seed <= 200; seed++) {
      assertThat(Simulation.run(seed)).as("seed %d", seed).isEqualTo(Simulation.run(seed));
    }
    assertThat(Simulation.run(1)).isNotEqualTo(Simulation.run(2));
  }

  @Test
  void printsATimeline() {
    assertThat(Simulation.timelineOf(1))
        .anyMatch(line -> line.contains("startup"))
        .anyMatch(line -> line.contains("heals"))
        .anyMatch(line -> line.contains("ACTIVE: "))
        .noneMatch(line -> line.contains("violated"));
  }

  @ParameterizedTest
  @EnumSource
  void catchesEveryBrokenMachine(Fault fault) {
    Set<Invariant> broken = EnumSet.noneOf(Invariant.class);
    for (long seed = 1; seed <= SEEDS_FOR_FAULTS && !broken.contains(fault.caughtBy()); seed++) {
      try {
        Simulation.run(seed, fault::create, EnumSet.of(fault.caughtBy(), Invariant.I5_DEADLINE));
      } catch (Violation violation) {
        broken.add(violation.invariant());
      }
    }
    assertThat(broken).as("%s", fault).contains(fault.caughtBy());
  }
}
