package org.vipd.daemon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipd.daemon.it.Await;
import org.vipd.daemon.it.Capture;
import org.vipd.daemon.it.Distribution;
import org.vipd.daemon.it.Frame;
import org.vipd.daemon.it.Host;
import org.vipd.daemon.it.KeepalivedNode;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.Launched;
import org.vipd.daemon.it.VipdNode;

/** What keepalived and vipd cost: time to start, memory, threads, processor time. */
public final class FootprintBench {

  private static final String ADDRESS = "10.89.0.1";
  private static final int DEFAULT_ROUNDS = 7;
  private static final long SETTLE_MILLIS = 5000;
  private static final long IDLE_MILLIS = 10_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double KIB_PER_MIB = 1024;
  private static final double TICKS_PER_SECOND = 100;

  /** Two owners, so that the first packet leaves as soon as the program can send one. */
  private static final String CONFIGURATION =
      """
      vrrp_instance one {
        state MASTER
        interface eth0
        virtual_router_id 1
        priority 255
        virtual_ipaddress {
          10.89.0.101
        }
      }
      vrrp_instance two {
        state MASTER
        interface eth0
        virtual_router_id 2
        priority 255
        virtual_ipaddress {
          10.89.0.102
        }
      }
      """;

  private enum Program {
    KEEPALIVED,
    VIPD
  }

  private final Host host;
  private final Capture capture;
  private final Map<String, Map<Program, List<Double>>> results = new TreeMap<>();

  private FootprintBench(Lab lab) {
    host = lab.host("footprint", ADDRESS + "/24");
    capture = lab.capture();
  }

  /** Runs the benchmark; the argument is the number of starts of each program. */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(arguments[0]);
    Distribution.makeArchive();
    try (Lab lab = Lab.create("foot")) {
      FootprintBench bench = new FootprintBench(lab);
      for (int round = 0; round < rounds; round++) {
        for (Program program : Program.values()) {
          bench.round(program, round == 0);
        }
      }
      bench.report(rounds);
    }
  }

  private void round(Program program, boolean observesIdle) {
    int before = capture.frames().size();
    Instant start = Instant.now();
    Launched process =
        program == Program.VIPD
            ? VipdNode.start(host, CONFIGURATION).process()
            : KeepalivedNode.start(host, CONFIGURATION).process();
    Await.until(
        program + " sends", Await.GENEROUS, () -> firstPacket(before).isPresent(), process::output);
    keep("1b processor time used until then, s", program, processorSeconds(process));
    long startNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    long nanos = firstPacket(before).orElseThrow().timeNanos() - startNanos;
    keep("1a start to first packet, ms", program, nanos / NANOS_PER_MILLI);
    Await.pause(SETTLE_MILLIS);
    keep("2a resident (RSS) after 5 s, MiB", program, residentMib(process));
    Await.pause(IDLE_MILLIS);
    keep("2b resident (RSS) after 15 s, MiB", program, residentMib(process));
    measureRest(program, process);
    if (observesIdle) {
      measureIdle(program, process);
    }
    process.signal("TERM");
    process.awaitExit();
  }

  private Optional<Frame> firstPacket(int from) {
    return capture.frames().stream().skip(from).filter(Frame::isAdvertisement).findFirst();
  }

  private static double residentMib(Launched process) {
    double resident = 0;
    for (long pid : family(process)) {
      resident += number(pid, "status", "VmRSS:");
    }
    return resident / KIB_PER_MIB;
  }

  private void measureRest(Program program, Launched process) {
    double proportional = 0;
    double threads = 0;
    for (long pid : family(process)) {
      proportional += number(pid, "smaps_rollup", "Pss:");
      threads += number(pid, "status", "Threads:");
    }
    keep("3  proportional (PSS), MiB", program, proportional / KIB_PER_MIB);
    keep("4  threads", program, threads);
  }

  private void measureIdle(Program program, Launched process) {
    double before = processorSeconds(process);
    Await.pause(IDLE_MILLIS);
    double used = processorSeconds(process) - before;
    keep("5  processor time in 10 s of 2 advertisements per second, s", program, used);
  }

  private static List<Long> family(Launched process) {
    List<Long> pids = new ArrayList<>(List.of(process.pid()));
    ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .forEach(child -> pids.add(child.pid()));
    return pids;
  }

  private static double number(long pid, String file, String key) {
    return read(pid, file)
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static double processorSeconds(Launched process) {
    double ticks = 0;
    for (long pid : family(process)) {
      String text = read(pid, "stat");
      List<String> fields = List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
      ticks += Double.parseDouble(fields.get(11)) + Double.parseDouble(fields.get(12));
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static String read(long pid, String file) {
    Path path = Path.of("/proc", Long.toString(pid), file);
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + path, e);
    }
  }

  private void keep(String what, Program program, double value) {
    results
        .computeIfAbsent(what, it -> new TreeMap<>())
        .computeIfAbsent(program, it -> new ArrayList<>())
        .add(value);
  }

  private void report(int rounds) {
    System.out.printf("%nTwo instances that own their addresses, %d starts of each%n", rounds);
    System.out.printf("%-76s%10s%10s%10s%n", "", "median", "minimum", "maximum");
    results.forEach(
        (what, byProgram) ->
            byProgram.forEach(
                (program, values) ->
                    System.out.printf(
                        "%-76s%s%n",
                        program.name().toLowerCase(Locale.ROOT) + ", " + what.substring(3),
                        Figures.of(values).columns(2))));
    System.out.println("goals for vipd: start at most 300 ms, RSS at most 60 MiB");
  }
}
