package org.vipd.daemon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.it.Await;
import org.vipd.daemon.it.Distribution;
import org.vipd.daemon.it.Host;
import org.vipd.daemon.it.KeepalivedNode;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.Launched;
import org.vipd.daemon.it.ManyChecks;
import org.vipd.daemon.it.VipdNode;

/**
 * What two hundred checks a second cost: processor time of the daemon and of the scripts it reaped,
 * and how late the loop wakes up; keepalived, vipd, and vipd with a real-time loop in turn.
 */
public final class ChecksBench {

  private static final int DEFAULT_ROUNDS = 1;
  private static final int SETTLE_MILLIS = 20_000;
  private static final int MEASURE_MILLIS = 60_000;
  private static final int LOOKS = 20;
  private static final int LOOK_MILLIS = 50;
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_FIELD = 11;
  private static final int FIELDS = 4;
  private static final String WAKE_UPS = "wake-ups-";
  private static final double MOST = 0.99;

  /** Ten wake-ups a second that are planned, so that one percent of them is more than one. */
  private static final String INTERVAL = "version 3\n advert_int 0.1\n ";

  private enum Program {
    KEEPALIVED("keepalived", ""),
    VIPD("vipd", ""),
    REAL_TIME("vipd, rt 50", " vrrp_rt_priority 50\n");

    private final String title;
    private final String globals;

    Program(String title, String globals) {
      this.title = title;
      this.globals = globals;
    }
  }

  /** Ticks of the daemon itself, and of children it has reaped. */
  private record Ticks(double own, double reaped) {}

  private final Map<Program, List<Double>> own = new EnumMap<>(Program.class);

  private ChecksBench() {}

  /** Runs the benchmark; the argument is the number of rounds for each program. */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(arguments[0]);
    Distribution.makeArchive();
    try (Lab lab = Lab.create("checks")) {
      Host host = lab.host("one", "10.66.0.1/24");
      ChecksBench bench = new ChecksBench();
      for (int round = 0; round < rounds; round++) {
        for (Program program : Program.values()) {
          bench.measure(program, host);
        }
      }
      bench.report();
    }
  }

  private void measure(Program program, Host host) {
    String configuration = ManyChecks.configuration(program.globals, INTERVAL);
    Optional<VipdNode> vipd =
        program == Program.KEEPALIVED
            ? Optional.empty()
            : Optional.of(VipdNode.start(host, configuration));
    Launched process =
        vipd.map(VipdNode::process)
            .orElseGet(() -> KeepalivedNode.start(host, configuration).process());
    Await.pause(SETTLE_MILLIS);
    Map<String, Long> early = vipd.map(ChecksBench::wakeUps).orElse(Map.of());
    long descriptors = descriptors(process);
    Ticks before = ticks(process);
    Await.pause(MEASURE_MILLIS);
    Ticks after = ticks(process);
    Map<String, Long> late = vipd.map(ChecksBench::wakeUps).orElse(Map.of());
    double seconds = MEASURE_MILLIS / 1000.0;
    double percent = 100 / TICKS_PER_SECOND / seconds;
    double daemon = (after.own() - before.own()) * percent;
    own.computeIfAbsent(program, it -> new ArrayList<>()).add(daemon);
    System.out.printf(
        Locale.ROOT,
        "%-12s daemon %.1f %% of a processor, its scripts %.1f %%, zombies at the end %d,"
            + " descriptors %d before and %d after%n",
        program.title,
        daemon,
        (after.reaped() - before.reaped()) * percent,
        zombies(process),
        descriptors,
        descriptors(process));
    if (!late.isEmpty()) {
      System.out.println("             the loop woke up in " + lateness(early, late));
    }
    process.signal("TERM");
    process.awaitExit();
  }

  /** How often the loop woke up how late, from its status. */
  private static Map<String, Long> wakeUps(VipdNode vipd) {
    Map<String, Long> counts = new LinkedHashMap<>();
    vipd.status()
        .orElseThrow()
        .getAsJsonObject("daemon")
        .entrySet()
        .forEach(
            it -> {
              if (it.getKey().startsWith(WAKE_UPS)) {
                counts.put(it.getKey().substring(WAKE_UPS.length()), it.getValue().getAsLong());
              }
            });
    return counts;
  }

  /** The class that 99 percent of the wake-ups between two times are in or below, then all. */
  private static String lateness(Map<String, Long> early, Map<String, Long> late) {
    Map<String, Long> counts = new LinkedHashMap<>();
    late.forEach((name, count) -> counts.put(name, count - early.getOrDefault(name, 0L)));
    long all = counts.values().stream().mapToLong(it -> it).sum();
    long below = 0;
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      below += count.getValue();
      if (below >= MOST * all) {
        counts.values().removeIf(it -> it == 0);
        return "class '%s' or below, 99 percent of %d times: %s"
            .formatted(count.getKey(), all, counts);
      }
    }
    throw new IllegalStateException("the last class has them all: " + late);
  }

  /** The daemon is the process and those of its children that live as long as it does. */
  private static Stream<Long> daemons(Launched process) {
    return Stream.concat(
        Stream.of(process.pid()),
        ProcessHandle.of(process.pid()).stream()
            .flatMap(ProcessHandle::children)
            .filter(it -> it.info().command().orElse("").endsWith("keepalived"))
            .map(ProcessHandle::pid));
  }

  private static Ticks ticks(Launched process) {
    double own = 0;
    double reaped = 0;
    for (long pid : daemons(process).toList()) {
      List<String> fields = fields(pid);
      if (fields.size() >= USER_FIELD + FIELDS) {
        own += number(fields, 0) + number(fields, 1);
        reaped += number(fields, 2) + number(fields, 3);
      }
    }
    return new Ticks(own, reaped);
  }

  private static double number(List<String> fields, int offset) {
    return Double.parseDouble(fields.get(USER_FIELD + offset));
  }

  private static List<String> fields(long pid) {
    try {
      String text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Children that have ended and that nobody has waited for; a moment later they may be gone. */
  private static long zombies(Launched process) {
    return ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(it -> isZombie(it.pid()))
        .count();
  }

  private static boolean isZombie(long pid) {
    try {
      return fields(pid).get(0).equals("Z");
    } catch (UncheckedIOException e) {
      // gone meanwhile
      return false;
    }
  }

  /** The least of several looks: runs that go on have a pipe each. */
  private static long descriptors(Launched process) {
    long least = Long.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      least = Math.min(least, daemons(process).mapToLong(ChecksBench::openFiles).sum());
      Await.pause(LOOK_MILLIS);
    }
    return least;
  }

  private static long openFiles(long pid) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report() {
    System.out.printf(
        "%n%d checks per second, %d s each%n%-12s%10s%10s%10s%n",
        ManyChecks.COUNT, MEASURE_MILLIS / 1000, "", "median", "minimum", "maximum");
    own.forEach(
        (program, values) ->
            System.out.printf(
                "%-12s%s  %% of a processor, the daemon alone%n",
                program.title, Figures.of(values).columns(1)));
  }
}
