package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** A small disk of a host's own, for the logs of its programs only. */
record LogDisk(Host host) {

  private static final String FOLDER = "logs";

  /** The command that mounts it, for {@link Host#isolateProcesses}. */
  static String mounting(Host host) {
    return "mkdir %1$s && mount -t tmpfs -o size=64k none %1$s"
        .formatted(host.home().resolve(FOLDER));
  }

  /** Where a log is. */
  String file(String name) {
    return host.home().resolve(FOLDER).resolve(name).toString();
  }

  /** Starts vipd, which logs there. */
  VipdNode startVipd(String name, String configuration) {
    return VipdNode.startLoggingTo(file("vipd.log"), host, name, configuration);
  }

  /** Fills it, and sees that nothing more can be written. */
  void fill() {
    execute("head -c 100000 /dev/zero > " + file("filler") + " || true");
    execute("! echo more > " + file("more"));
  }

  private void execute(String command) {
    Launched launched = host.start("execute", List.of("sh", "-c", command), Map.of());
    assertThat(launched.awaitExit()).as(command + ": " + launched.output()).isZero();
  }
}
