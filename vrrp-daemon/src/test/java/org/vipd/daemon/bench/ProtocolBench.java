package org.vipd.daemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.vipd.daemon.it.VrrpPacket;

/**
 * What an advertisement costs, and how long a takeover of very many virtual routers takes:
 * keepalived and vipd in turn, each in a fresh process. The other side is a keepalived always.
 */
public final class ProtocolBench {

  private static final String ACTIVE_ADDRESS = "10.90.0.1";
  private static final String BACKUP_ADDRESS = "10.90.0.2";
  private static final int DEFAULT_ROUNDS = 5;
  private static final int TIMING_MILLIS = 10_000;
  private static final int SETTLE_MILLIS = 20_000;
  private static final int CAPTURE_MILLIS = 600;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MICROS_PER_SECOND = 1e6;

  private enum Program {
    KEEPALIVED,
    VIPD
  }

  private final Host activeHost;
  private final Host backupHost;
  private final Lab lab;
  private final Map<String, Map<Program, List<Double>>> results = new TreeMap<>();

  private ProtocolBench(Lab lab) {
    this.lab = lab;
    activeHost = lab.host("active", ACTIVE_ADDRESS + "/16");
    backupHost = lab.host("backup", BACKUP_ADDRESS + "/16");
  }

  /** Runs the benchmark; the argument is the number of rounds for each program. */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(arguments[0]);
    Distribution.makeArchive();
    try (Lab lab = Lab.create("many")) {
      ProtocolBench bench = new ProtocolBench(lab);
      for (int round = 0; round < rounds; round++) {
        for (Program program : Program.values()) {
          bench.sending(program);
          bench.receivingAndTakingOver(program);
        }
      }
      bench.report(rounds);
    }
  }

  private static Launched start(Program program, Host host, String configuration) {
    return program == Program.VIPD
        ? VipdNode.start(host, configuration).process()
        : KeepalivedNode.start(host, configuration).process();
  }

  private void sending(Program program) {
    String configuration = ManyRouters.configuration(ManyRouters.ACTIVE_PRIORITY, "MASTER");
    Launched process = start(program, backupHost, configuration);
    awaitAddresses(backupHost, process);
    Await.pause(SETTLE_MILLIS);
    keep("1 processor time per advertisement sent, us", program, cost(process, "tx_packets"));
    process.signal("TERM");
    process.awaitExit();
  }

  private void receivingAndTakingOver(Program program) {
    String active = ManyRouters.configuration(ManyRouters.ACTIVE_PRIORITY, "MASTER");
    KeepalivedNode keepalived = KeepalivedNode.start(activeHost, active);
    awaitAddresses(activeHost, keepalived.process());
    String backup = ManyRouters.configuration(ManyRouters.BACKUP_PRIORITY, "BACKUP");
    Launched process = start(program, backupHost, backup);
    Await.pause(SETTLE_MILLIS);
    keep("2 processor time per advertisement received, us", program, cost(process, "rx_packets"));
    Capture capture = lab.capture();
    Await.pause(CAPTURE_MILLIS);
    keepalived.killAll();
    awaitAddresses(backupHost, process);
    Await.pause(CAPTURE_MILLIS);
    capture.stop();
    takeover(program, capture.frames());
    process.signal("TERM");
    process.awaitExit();
  }

  private static void awaitAddresses(Host host, Launched process) {
    Await.until(
        "all addresses are there",
        Await.GENEROUS,
        () -> host.hasAddress(ManyRouters.address(ManyRouters.COUNT)),
        process::output);
  }

  /** Microseconds of processor time per packet. */
  private double cost(Launched process, String counter) {
    double secondsBefore = ProcessTime.seconds(process);
    long packetsBefore = packets(counter);
    Await.pause(TIMING_MILLIS);
    double seconds = ProcessTime.seconds(process) - secondsBefore;
    long packets = packets(counter) - packetsBefore;
    long expected = ManyRouters.COUNT * TIMING_MILLIS * 1_000_000L / ManyRouters.INTERVAL_NANOS;
    if (packets < expected * 9 / 10 || packets > expected * 11 / 10) {
      // A machine that is too busy for one program slows the other one down as well.
      System.out.println("attention: " + packets + " packets instead of " + expected);
    }
    return seconds * MICROS_PER_SECOND / packets;
  }

  private long packets(String counter) {
    String file = "/sys/class/net/" + Lab.INTERFACE + "/statistics/" + counter;
    return Long.parseLong(backupHost.run("cat", file).strip());
  }

  private void takeover(Program program, List<Frame> frames) {
    Map<Integer, Long> due = new TreeMap<>();
    Map<Integer, Long> spoke = new TreeMap<>();
    for (VrrpPacket packet : VrrpPacket.of(frames)) {
      if (packet.source().equals(ACTIVE_ADDRESS)) {
        due.put(packet.vrid(), packet.timeNanos() + ManyRouters.ACTIVE_DOWN_NANOS);
      } else {
        spoke.putIfAbsent(packet.vrid(), packet.timeNanos());
      }
    }
    List<Double> advertisements = new ArrayList<>();
    List<Double> announcements = new ArrayList<>();
    long lastDue = 0;
    long lastAnnouncement = 0;
    for (int vrid = 1; vrid <= ManyRouters.COUNT; vrid++) {
      String address = ManyRouters.address(vrid);
      long first = first(frames, address);
      lastDue = Math.max(lastDue, due.get(vrid));
      lastAnnouncement = Math.max(lastAnnouncement, first);
      advertisements.add((spoke.get(vrid) - due.get(vrid)) / NANOS_PER_MILLI);
      announcements.add((first - due.get(vrid)) / NANOS_PER_MILLI);
    }
    keep("3 advertisement past its time, median of 250, ms", program, median(advertisements));
    keep("4 advertisement past its time, worst of 250, ms", program, worst(advertisements));
    keep("5 gratuitous ARP past its time, median of 250, ms", program, median(announcements));
    keep("6 gratuitous ARP past its time, worst of 250, ms", program, worst(announcements));
    double all = (lastAnnouncement - lastDue) / NANOS_PER_MILLI;
    keep("7 last address announced, past the last one's time, ms", program, all);
  }

  private static long first(List<Frame> frames, String address) {
    return frames.stream()
        .filter(frame -> frame.isAnnouncementOf(address))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(address + " was never announced"))
        .timeNanos();
  }

  private static double median(List<Double> values) {
    return Figures.of(values).median();
  }

  private static double worst(List<Double> values) {
    return Figures.of(values).maximum();
  }

  private void keep(String what, Program program, double value) {
    String name = program.name().toLowerCase(Locale.ROOT);
    System.out.printf(Locale.ROOT, "%-10s %-56s%10.2f%n", name, what.substring(2), value);
    results
        .computeIfAbsent(what, it -> new TreeMap<>())
        .computeIfAbsent(program, it -> new ArrayList<>())
        .add(value);
  }

  private void report(int rounds) {
    System.out.printf("%n250 instances at 0.1 s, version 3, %d rounds of each program%n", rounds);
    System.out.printf("%-68s%10s%10s%10s%n", "", "median", "minimum", "maximum");
    results.forEach(
        (what, byProgram) ->
            byProgram.forEach(
                (program, values) ->
                    System.out.printf(
                        "%-68s%s%n",
                        program.name().toLowerCase(Locale.ROOT) + ", " + what.substring(2),
                        Figures.of(values).columns(2))));
    System.out.println("goal for vipd: costs and last announcement no higher than keepalived's");
  }
}
