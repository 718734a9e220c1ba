package org.vipd.protocol.simulation;

/**
 * Runs seeds from the command line: {@code SimulationMain FIRST COUNT} runs many and names those
 * that fail, {@code SimulationMain SEED} prints the timeline of one.
 */
public final class SimulationMain {
  private SimulationMain() {}

  /** Ends with status 1 when a seed fails. */
  public static void main(String[] arguments) {
    if (arguments.length == 1) {
      Simulation.timelineOf(Long.parseLong(arguments[0])).forEach(System.out::println);
      return;
    }
    if (arguments.length != 2) {
      System.err.println("usage: SimulationMain SEED | SimulationMain FIRST COUNT");
      System.exit(2);
    }
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    long failed = 0;
    for (long seed = first; seed < first + count; seed++) {
      try {
        Simulation.run(seed);
      } catch (Violation violation) {
        failed++;
        System.out.println(violation.getMessage());
      }
    }
    System.out.println(count + " seeds from " + first + ", " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }
}
