package org.vipd.daemon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.vipd.daemon.boot.WarmUp;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.check.Rules;
import org.vipd.daemon.config.check.host.LocalHost;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ConfigurationFile.Reading;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.config.yaml.write.YamlWriter;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.status.ReloadReport;
import org.vipd.daemon.testkit.FakeHost;

/**
 * How long a large configuration takes: parsed and validated in a warm process, from the command
 * line, and how long a reload that changes one instance holds the thread of the loop, which runs on
 * fakes of the kernel.
 */
public final class ConfigurationBench {

  private static final int INSTANCES = 1000;
  private static final int ADDRESSES = 10;
  private static final int CHECKS = 20;
  private static final int WARM_UP = 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Path folder;
  private final int rounds;

  private ConfigurationBench(Path folder, int rounds) {
    this.folder = folder;
    this.rounds = rounds;
  }

  /** Runs the benchmark; the number of rounds may be given. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    Path folder = Files.createTempDirectory("vipd-configuration-bench");
    try {
      new ConfigurationBench(folder, rounds).measure();
    } finally {
      for (String name : List.of("large.conf", "large.yaml")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  private void measure() throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "%d instances, %d addresses each, %d checks; milliseconds%n%44s%10s%10s%10s%10s%n",
        INSTANCES,
        ADDRESSES,
        CHECKS,
        "",
        "first",
        "median",
        "min",
        "max");
    Path conf = Files.writeString(folder.resolve("large.conf"), text(100, ""));
    DaemonConfig config = read(conf).result().config().orElseThrow();
    Path yaml = Files.writeString(folder.resolve("large.yaml"), YamlWriter.text(config));
    for (Path file : List.of(conf, yaml)) {
      String name = file.getFileName() + " (" + (Files.size(file) >> 10) + " KiB)";
      print(name + ", read and validated", WARM_UP, round -> timed(() -> validate(file)));
      print(name + ", vipd check", 0, round -> timed(() -> check(file)));
    }
    // as a daemon does before its first reload
    WarmUp.rehearse();
    reloads("one priority", round -> text(90 + round % 2, ""));
    reloads("one address more or less", round -> text(100, round % 2 == 0 ? "10.250.0.1" : ""));
    reloads("nothing", round -> text(100, ""));
  }

  private static String text(int firstPriority, String firstAddress) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < CHECKS; i++) {
      text.append("vrrp_script chk").append(i);
      text.append(" {\n  script \"/bin/true\"\n  interval 3600\n  weight 2\n}\n");
    }
    for (int i = 0; i < INSTANCES; i++) {
      text.append("vrrp_instance VI_").append(i).append(" {\n  interface eth");
      // 255 virtual routers for each interface
      text.append(i / 250).append("\n  virtual_router_id ").append(i % 250 + 1);
      text.append("\n  garp_master_refresh 60\n  priority ");
      text.append(i == 0 ? firstPriority : 100).append("\n  version 3\n  track_script {\n    chk");
      text.append(i % CHECKS).append("\n  }\n  virtual_ipaddress {\n");
      for (int j = 0; j < ADDRESSES; j++) {
        text.append("    10.").append(i / 200).append('.').append(i % 200).append('.');
        text.append(10 + j).append("/8\n");
      }
      text.append(i == 0 ? "    " + firstAddress + "\n" : "").append("  }\n}\n");
    }
    return text.toString();
  }

  private static Reading read(Path file) {
    return ConfigurationFile.read(file, ReadOptions.ofHost());
  }

  private static void validate(Path file) {
    Reading reading = read(file);
    DaemonConfig config = reading.result().config().orElseThrow();
    Rules.apply(
        List.of(
            new Node(file.toString(), config, reading.places(), new LocalHost("/usr/bin:/bin"))));
  }

  private static void check(Path file) {
    try {
      ProcessBuilder command = new ProcessBuilder("bin/vipd", "check", file.toString());
      Process process =
          command.redirectErrorStream(true).redirectOutput(Path.of("/dev/null").toFile()).start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("vipd check ended with " + process.exitValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A reload prepares on another thread what it can; only the turn of the loop counts here. */
  private void reloads(String what, Function<Integer, String> texts) throws IOException {
    Path file = Files.writeString(folder.resolve("large.conf"), text(100, ""));
    DaemonConfig last = read(file).result().config().orElseThrow();
    FakeHost host = new FakeHost(last);
    for (int i = 1; i < INSTANCES / 250 + 1; i++) {
      host.interfaces.putLink(2 + i, "eth" + i, true);
      host.interfaces.putAddress(2 + i, "10.0.0." + (2 + i) + "/8");
    }
    host.start();
    host.runSeconds(5);
    long held =
        host.status().instances().stream().filter(it -> it.state().equals("MASTER")).count();
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Files.writeString(file, texts.apply(round));
      LoadResult result = read(file).result();
      last = ConfigDiff.sharing(last, result.config().orElseThrow());
      result = new LoadResult(Optional.of(last), result.problems(), result.hash());
      CompletableFuture<ReloadReport> answer = new CompletableFuture<>();
      host.queue.post(new Event.ConfigurationRead(result, ReloadMode.APPLY, answer));
      millis.add(timed(host::turn));
      if (!answer.join().applied()) {
        throw new IllegalStateException(answer.join().toString());
      }
      host.runSeconds(1);
    }
    print("reload, " + what + ", " + held + " MASTER", millis.get(0), millis.subList(1, rounds));
  }

  private static double timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }

  private void print(String what, int warmUp, Function<Integer, Double> round) {
    double first = round.apply(0);
    for (int i = 0; i < warmUp; i++) {
      var unused = round.apply(i);
    }
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      millis.add(round.apply(i));
    }
    print(what, first, millis);
  }

  private static void print(String what, double first, List<Double> millis) {
    String columns = Figures.of(millis).columns(1);
    System.out.printf(Locale.ROOT, "%-44s%10.1f%s%n", what, first, columns);
  }
}
