package org.vipd.daemon.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.vipd.daemon.it.Await;
import org.vipd.daemon.it.Capture;
import org.vipd.daemon.it.Distribution;
import org.vipd.daemon.it.Frame;
import org.vipd.daemon.it.Host;
import org.vipd.daemon.it.KeepalivedNode;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.Launched;
import org.vipd.daemon.it.VipdNode;

/**
 * How long after the protocol's own time a Backup speaks when its Active is killed. The Active is a
 * keepalived in every round; the Backup is, in turn, keepalived and vipd, a fresh process each time
 * that has run for some seconds. Times are the kernel's, taken from one capture on the bridge
 * between the two. Rounds in which other programs kept the processors busy count in one table only.
 */
public final class FailoverBench {

  private static final String ACTIVE_ADDRESS = "10.88.0.1";
  private static final String BACKUP_ADDRESS = "10.88.0.2";
  private static final String VIRTUAL_ADDRESS = "10.88.0.100";
  private static final int ADVERTISEMENTS_HEARD = 3;
  private static final int MARGIN_MILLIS = 250;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int DEFAULT_ROUNDS = 20;
  private static final long SETTLE_MILLIS = 3000;
  private static final double QUIET = 0.5;

  /** Skew is half an interval (version 2: half a second), without rounding in either program. */
  private static final int BACKUP_PRIORITY = 128;

  private enum Program {
    KEEPALIVED,
    VIPD
  }

  /**
   * @param intervalMillis of advertisements
   * @param version 2 or 3
   * @param more lines of the instance
   */
  private record Setting(int intervalMillis, int version, String more) {

    long masterDownNanos() {
      int skewMillis = version == 2 ? 500 : intervalMillis / 2;
      return Duration.ofMillis(3L * intervalMillis + skewMillis).toNanos();
    }

    String configuration(int priority, String state) {
      return String.format(
          Locale.ROOT,
          """
          global_defs {
            router_id bench
          }
          vrrp_instance bench {
            state %s
            interface %s
            virtual_router_id 88
            version %d
            priority %d
            advert_int %s
            virtual_ipaddress {
              %s
            }
            %s
          }
          """,
          state,
          Lab.INTERFACE,
          version,
          priority,
          BigDecimal.valueOf(intervalMillis, 3).stripTrailingZeros().toPlainString(),
          VIRTUAL_ADDRESS,
          more);
    }
  }

  /**
   * @param advertisement milliseconds past the protocol's time
   * @param announcement milliseconds past the protocol's time
   * @param idle share of the processors' time that nobody used from the kill to the announcement,
   *     0..1
   */
  private record Sample(double advertisement, double announcement, double idle) {}

  private final Host activeHost;
  private final Host backupHost;
  private final Capture capture;

  private FailoverBench(Lab lab) {
    activeHost = lab.host("active", ACTIVE_ADDRESS + "/24");
    backupHost = lab.host("backup", BACKUP_ADDRESS + "/24");
    capture = lab.capture();
  }

  /** As a router of OpenStack has them. */
  private static final String ROUTES =
      """
      virtual_routes {
        10.88.0.0/24 dev eth0 src 10.88.0.100 scope link table 1
        default via 10.88.0.254 dev eth0 onlink table 1
      }
      virtual_rules {
        from 10.88.0.100/32 table 1 priority 100
      }
      """;

  /**
   * Runs the benchmark.
   *
   * @param arguments number of rounds for each program and interval; {@code routes} for an instance
   *     that has some
   */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(arguments[0]);
    Distribution.makeArchive();
    String more = arguments.length > 1 && arguments[1].equals("routes") ? ROUTES : "";
    for (Setting setting : List.of(new Setting(1000, 2, more), new Setting(100, 3, more))) {
      try (Lab lab = Lab.create("bench")) {
        Map<Program, List<Sample>> samples = new FailoverBench(lab).measure(setting, rounds);
        report(setting, samples, 0);
        report(setting, samples, QUIET);
      }
    }
  }

  private Map<Program, List<Sample>> measure(Setting setting, int rounds) {
    Map<Program, List<Sample>> samples = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Program program : Program.values()) {
        Sample sample = round(setting, program);
        samples.computeIfAbsent(program, it -> new ArrayList<>()).add(sample);
        System.out.printf(
            Locale.ROOT,
            "%4d ms, round %2d, %-10s advertisement %+8.3f ms, announcement %+8.3f ms, %2.0f %% idle%n",
            setting.intervalMillis(),
            round + 1,
            program.name().toLowerCase(Locale.ROOT),
            sample.advertisement(),
            sample.announcement(),
            100 * sample.idle());
      }
    }
    return samples;
  }

  private Sample round(Setting setting, Program program) {
    int start = capture.frames().size();
    KeepalivedNode active = KeepalivedNode.start(activeHost, setting.configuration(255, "MASTER"));
    awaitAdvertisements(start, 1, active.process());
    Launched backup = startBackup(program, setting.configuration(BACKUP_PRIORITY, "BACKUP"));
    Await.pause(SETTLE_MILLIS);
    int before = capture.frames().size();
    awaitAdvertisements(before, ADVERTISEMENTS_HEARD, active.process());
    Processors processors = Processors.now();
    active.killAll();
    Await.pause(setting.masterDownNanos() / (long) NANOS_PER_MILLI + MARGIN_MILLIS);
    Await.until(
        "the Backup announces",
        Await.GENEROUS,
        () -> first(before, FailoverBench::isAnnouncement).isPresent(),
        backup::output);
    double idle = Processors.now().idleSince(processors);
    backup.signal("TERM");
    backup.awaitExit();
    return evaluate(before, setting, idle);
  }

  private void awaitAdvertisements(int from, int number, Launched active) {
    Await.until(
        "the Active advertises",
        Await.GENEROUS,
        () -> count(from, it -> it.isAdvertisementFrom(ACTIVE_ADDRESS)) >= number,
        active::output);
  }

  private Launched startBackup(Program program, String configuration) {
    Launched process =
        program == Program.VIPD
            ? VipdNode.start(backupHost, configuration).process()
            : KeepalivedNode.start(backupHost, configuration).process();
    String word = program == Program.VIPD ? "-> BACKUP" : "Entering BACKUP STATE";
    process.awaitOutput(word);
    return process;
  }

  private static boolean isAnnouncement(Frame frame) {
    return frame.isAnnouncementOf(VIRTUAL_ADDRESS);
  }

  private long count(int from, Predicate<Frame> kind) {
    return capture.frames().stream().skip(from).filter(kind).count();
  }

  private Optional<Frame> first(int from, Predicate<Frame> kind) {
    return capture.frames().stream().skip(from).filter(kind).findFirst();
  }

  private Sample evaluate(int from, Setting setting, double idle) {
    List<Frame> frames = capture.frames();
    long last = 0;
    for (Frame frame : frames.subList(from, frames.size())) {
      if (frame.isAdvertisementFrom(ACTIVE_ADDRESS)) {
        last = frame.timeNanos();
      }
    }
    long due = last + setting.masterDownNanos();
    long since = last;
    Frame advertisement =
        first(from, it -> it.timeNanos() > since && it.isAdvertisementFrom(BACKUP_ADDRESS))
            .orElseThrow();
    Frame announcement =
        first(from, it -> it.timeNanos() > since && isAnnouncement(it)).orElseThrow();
    return new Sample(
        (advertisement.timeNanos() - due) / NANOS_PER_MILLI,
        (announcement.timeNanos() - due) / NANOS_PER_MILLI,
        idle);
  }

  private static void report(
      Setting setting, Map<Program, List<Sample>> samples, double idleAtLeast) {
    System.out.printf(
        "%nInterval %d ms, version %d; milliseconds past last advertisement + %d ms%n",
        setting.intervalMillis(),
        setting.version(),
        setting.masterDownNanos() / (long) NANOS_PER_MILLI);
    System.out.printf("rounds with at least %.0f %% idle%n", 100 * idleAtLeast);
    for (Program program : Program.values()) {
      if (samples.get(program).stream().noneMatch(it -> it.idle() >= idleAtLeast)) {
        System.out.println("there were none");
        return;
      }
    }
    compare(samples, idleAtLeast);
  }

  private static void compare(Map<Program, List<Sample>> samples, double idleAtLeast) {
    System.out.printf("%-34s%10s%10s%10s%8s%n", "", "median", "minimum", "maximum", "rounds");
    for (boolean announcement : List.of(false, true)) {
      Map<Program, Double> medians = new TreeMap<>();
      for (Program program : Program.values()) {
        List<Double> values =
            samples.get(program).stream()
                .filter(it -> it.idle() >= idleAtLeast)
                .map(it -> announcement ? it.announcement() : it.advertisement())
                .toList();
        Figures figures = Figures.of(values);
        medians.put(program, figures.median());
        String what = announcement ? "first gratuitous ARP" : "first advertisement";
        String name = program.name().toLowerCase(Locale.ROOT);
        System.out.printf("%-34s%s%8d%n", name + ", " + what, figures.columns(3), figures.count());
      }
      System.out.printf(
          Locale.ROOT,
          "%-34s%10.2f  (goal: at most 1.50)%n",
          "vipd / keepalived",
          medians.get(Program.VIPD) / medians.get(Program.KEEPALIVED));
    }
    System.out.println();
  }
}
