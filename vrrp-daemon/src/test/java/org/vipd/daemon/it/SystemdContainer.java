package org.vipd.daemon.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * systemd as the first process of a container, with the network of a host of a lab: this machine's
 * own files under an overlay that forgets, without the units that this machine enables, so that
 * nothing starts but what a test starts.
 */
final class SystemdContainer {

  private static final Path PROGRAM = Path.of("/usr/bin/systemd-nspawn");

  private static final Duration BOOT = Duration.ofMinutes(2);

  /**
   * The mounts are those of a process of their own and end with it. systemd-nspawn notes its
   * containers under /run/systemd.
   */
  private static final String SCRIPT =
      """
      set -e
      mkdir -p /run/systemd
      mount -t tmpfs none /run/systemd
      mount -t tmpfs none "$1"
      mkdir "$1/upper" "$1/work" "$1/root"
      mount -t overlay none -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
      cd "$1/root"
      # others write there meanwhile
      until rm -rf etc/systemd/system run tmp var/log/journal; do sleep 0.1; done
      mkdir -p etc/systemd/system run tmp
      chmod 1777 tmp
      : >etc/machine-id
      for timer in apt-daily apt-daily-upgrade dpkg-db-backup e2scrub_all fstrim logrotate man-db; do
        ln -s /dev/null "etc/systemd/system/$timer.timer"
      done
      %s
      cd /
      exec systemd-nspawn --quiet --directory="$1/root" --boot --register=no --keep-unit \\
          --machine="$2" --capability=CAP_NET_ADMIN,CAP_NET_RAW --console=pipe \\
          --bind-ro="$3" -- --unit=basic.target
      """;

  private final Host host;
  private final Launched nspawn;

  private SystemdContainer(Host host, Launched nspawn) {
    this.host = host;
    this.nspawn = nspawn;
  }

  /** Skips the test, with a reason, where there is no {@code systemd-nspawn}. */
  static void assumeAvailable() {
    boolean isThere = Files.isExecutable(PROGRAM);
    if (!isThere) {
      System.out.println("SKIPPED: there is no " + PROGRAM + " (package systemd-container)");
    }
    Assumptions.assumeTrue(isThere, "no systemd-nspawn");
  }

  /**
   * Boots it and waits until its basic units are up.
   *
   * @param preparation shell commands that run before, in the root directory of the container
   */
  static SystemdContainer boot(Host host, String preparation) {
    Path directory = host.home().resolve("container");
    Shell.run("mkdir", directory.toString());
    String network = "/run/netns/" + host.namespace().name();
    List<String> command =
        List.of(
            "nsenter",
            "--net=" + network,
            "unshare",
            "--mount",
            "sh",
            "-c",
            SCRIPT.formatted(preparation),
            "sh",
            directory.toString(),
            host.namespace().name(),
            Distribution.root().toString());
    SystemdContainer booted = new SystemdContainer(host, host.startOnMachine("container", command));
    Await.until("systemd is up in the container", BOOT, booted::isUp, booted::evidence);
    return booted;
  }

  /** Runs a command in it and returns how it ended. */
  Shell.Result execute(String... command) {
    long first =
        child().orElseThrow(() -> new IllegalStateException("no container: " + evidence()));
    return execute(first, command);
  }

  private static Shell.Result execute(long process, String... command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--all", "--root", "--wd", "--target"));
    all.add(Long.toString(process));
    all.addAll(List.of(command));
    return Shell.execute(all, Map.of());
  }

  /** Runs a command in it that must succeed, and returns what it printed. */
  String run(String... command) {
    Shell.Result result = execute(command);
    if (result.code() != 0) {
      throw new AssertionError(
          String.join(" ", command)
              + ": exit status "
              + result.code()
              + ": "
              + result.output()
              + evidence());
    }
    return result.output();
  }

  /** Everything in its journal about a unit. */
  String journal(String unit) {
    return run("journalctl", "--no-pager", "--output=cat", "--unit", unit);
  }

  /** The network it has. */
  Host host() {
    return host;
  }

  /** Process 1 of the container; while it boots perhaps one that makes it. */
  private Optional<Long> child() {
    return ProcessHandle.of(nspawn.pid())
        .flatMap(it -> it.children().findFirst())
        .map(ProcessHandle::pid);
  }

  /** Asks whatever there is, which changes nothing on this machine. */
  private boolean isUp() {
    return child()
        .filter(it -> execute(it, "systemctl", "is-active", "basic.target").code() == 0)
        .isPresent();
  }

  private String evidence() {
    return nspawn.output();
  }
}
