package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGTERM while everything around the daemon hangs: it resigns first, and the rest does not matter.
 */
@Execution(ExecutionMode.CONCURRENT)
class ResignationIT extends LabTest {

  /** What is wrong. The time of a busy machine is bounded generously; figures: docs/safety.md. */
  enum Pressure {
    NONE,
    HUNG_CHECK,
    HUNG_NOTIFY_SCRIPT,
    FULL_RUNTIME_DIRECTORY,
    NOBODY_READS_THE_LOG,
    NOBODY_READS_THE_PIPE,
    ALL_OF_IT
  }

  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final int PIPE_BYTES = 65_536;
  private static final String HANGS = "#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 1000; done\n";

  private Set<Pressure> all;

  @ParameterizedTest
  @EnumSource
  void resignsAndRemovesTheAddressAtOnce(Pressure pressure) {
    all = pressure == Pressure.ALL_OF_IT ? EnumSet.allOf(Pressure.class) : EnumSet.of(pressure);
    Host host = host();
    Path run = host.home().resolve("run");
    if (has(Pressure.FULL_RUNTIME_DIRECTORY)) {
      host.run("mkdir", run.toString());
      host.isolateProcesses("mount -t tmpfs -o size=1m,mode=0700 none " + run);
    }
    AddressMonitor monitor = new AddressMonitor(host);
    Capture capture = lab().capture();
    Launched vipd = launch(host, host.file("vipd.conf", configuration(host)), run);
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    Await.until("everything hangs", () -> isHanging(host));
    if (has(Pressure.FULL_RUNTIME_DIRECTORY)) {
      String fill = "head -c 10000000 /dev/zero >" + run + "/fill; echo filled";
      host.start("fill", List.of("sh", "-c", fill), Distribution.environment())
          .awaitOutput("filled");
    }
    check(pressure, vipd, capture, monitor);
  }

  private boolean has(Pressure pressure) {
    return all.contains(pressure);
  }

  private String configuration(Host host) {
    // hangs from the second run on: the first result lets the instance start
    String check =
        host.script(
                "check.sh", "#!/bin/sh\n[ -e $0.ran ] || { touch $0.ran; exit 0; }\n" + hanging())
            .toString();
    String notify =
        host.script("notify.sh", HANGS.replace("trap", "touch $0.ran\ntrap")).toString();
    StringBuilder text = new StringBuilder("global_defs {\n script_user root\n");
    if (has(Pressure.NOBODY_READS_THE_PIPE)) {
      text.append(" notify_fifo ").append(host.home().resolve("pipe")).append('\n');
    }
    text.append("}\nvrrp_script check {\n script \"")
        .append(check)
        .append("\"\n interval 1\n timeout 1000\n}\n");
    String more = has(Pressure.HUNG_CHECK) ? "track_script { check }\n" : "";
    more += has(Pressure.HUNG_NOTIFY_SCRIPT) ? "notify " + notify + "\n" : "";
    return text + Texts.instance(255, more);
  }

  private static String hanging() {
    return HANGS.replace("#!/bin/sh\n", "touch $0.hangs\n");
  }

  private boolean isHanging(Host host) {
    return (!has(Pressure.HUNG_CHECK) || host.home().resolve("check.sh.hangs").toFile().exists())
        && (!has(Pressure.HUNG_NOTIFY_SCRIPT)
            || host.home().resolve("notify.sh.ran").toFile().exists());
  }

  /** Starts the daemon behind pipes that are full, and that nobody reads. */
  private Launched launch(Host host, Path configuration, Path run) {
    StringBuilder script = new StringBuilder();
    String home = host.home().toString();
    if (has(Pressure.NOBODY_READS_THE_PIPE)) {
      script.append(fullPipe(home + "/pipe", 4));
    }
    if (has(Pressure.NOBODY_READS_THE_LOG)) {
      script.append(fullPipe(home + "/log", 3));
    }
    script.append("exec \"$0\" \"$@\"");
    script.append(has(Pressure.NOBODY_READS_THE_LOG) ? " >&3 2>&3" : "");
    return host.start(
        "vipd",
        List.of(
            "sh",
            "-c",
            script.toString(),
            Distribution.launcher(),
            "run",
            "-f",
            configuration.toString(),
            "--runtime-dir",
            run.toString()),
        Distribution.environment());
  }

  /** Both ends stay open in the daemon, so that it is full for ever. */
  private static String fullPipe(String path, int descriptor) {
    return String.format(
        Locale.ROOT,
        "mkfifo -m 600 %s; exec %d<>%s; head -c %d /dev/zero >&%d; ",
        path,
        descriptor,
        path,
        PIPE_BYTES,
        descriptor);
  }

  private static void check(
      Pressure pressure, Launched vipd, Capture capture, AddressMonitor monitor) {
    Instant now = Instant.now();
    long asked = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    vipd.signal("TERM");
    Await.until(
        "priority 0",
        Await.GENEROUS,
        () -> capture.count(it -> it.isAdvertisement() && it.priority() == 0) > 0,
        vipd::output);
    Await.until(
        "the address is gone",
        Await.GENEROUS,
        () -> monitor.firstRemoved(Texts.VIP).isPresent(),
        vipd::output);
    Frame last = capture.first(it -> it.isAdvertisement() && it.priority() == 0).orElseThrow();
    long resigned = last.timeNanos() - asked;
    long removed = monitor.firstRemoved(Texts.VIP).orElseThrow() - asked;
    int code = vipd.awaitExit();
    System.out.printf(
        Locale.ROOT,
        "SIGTERM with %s: priority 0 after %.1f ms, address gone after %.1f ms, exit %d%n",
        pressure,
        resigned / 1e6,
        removed / 1e6,
        code);
    assertThat(Duration.ofNanos(resigned)).isLessThan(BOUND);
    assertThat(Duration.ofNanos(removed)).isLessThan(BOUND);
    assertThat(code).isZero();
  }
}
