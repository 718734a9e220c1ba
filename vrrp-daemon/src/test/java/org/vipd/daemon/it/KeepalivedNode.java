package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Debian's keepalived on a host. */
public final class KeepalivedNode {

  private static final String PROGRAM = "/usr/sbin/keepalived";

  private final Host host;
  private final Path configuration;
  private Launched process;

  private KeepalivedNode(Host host, Path configuration, Launched process) {
    this.host = host;
    this.configuration = configuration;
    this.process = process;
  }

  /** Whether it is installed. */
  public static boolean isInstalled() {
    return Files.isExecutable(Path.of(PROGRAM));
  }

  /** Its version, as it says itself. */
  public static String version() {
    Shell.Result result = Shell.execute(List.of(PROGRAM, "-v"), Map.of());
    return result.output().lines().findFirst().orElse("unknown");
  }

  /** Starts it with a configuration. */
  public static KeepalivedNode start(Host host, String configuration) {
    Path file = host.file("real-keepalived.conf", configuration);
    return new KeepalivedNode(host, file, launch(host, file));
  }

  /** Starts it with a configuration that needs its BFD process, too. */
  static KeepalivedNode startWithBfd(Host host, String configuration) {
    Path file = host.file("real-keepalived.conf", configuration);
    return new KeepalivedNode(host, file, launch(host, file, "-b", freshPidFile(host, "bfd.pid")));
  }

  /** Starts it with more in its environment. */
  static KeepalivedNode startWith(
      Map<String, String> environment, Host host, String configuration) {
    Path file = host.file("real-keepalived.conf", configuration);
    return new KeepalivedNode(host, file, launch(host, file, environment, "-P"));
  }

  private static Launched launch(Host host, Path file) {
    return launch(host, file, "-P");
  }

  private static Launched launch(Host host, Path file, String... more) {
    return launch(host, file, Map.of(), more);
  }

  private static Launched launch(
      Host host, Path file, Map<String, String> environment, String... more) {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-n", "-l"));
    command.addAll(List.of(more));
    command.addAll(List.of("-f", file.toString()));
    command.addAll(List.of("-p", freshPidFile(host, "keepalived.pid")));
    command.addAll(List.of("-r", freshPidFile(host, "vrrp.pid")));
    Map<String, String> complete = new HashMap<>(environment);
    complete.put("TMPDIR", host.home().toString());
    return host.start("keepalived", command, complete);
  }

  /** Old files count as long as a zombie has that number, and not every init reaps at once. */
  private static String freshPidFile(Host host, String name) {
    Path file = host.home().resolve(name);
    try {
      Files.deleteIfExists(file);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("delete " + file, e);
    }
  }

  /** Starts it again after its end. */
  public void restart() {
    process = launch(host, configuration);
  }

  /** Ends it and its child at the same moment, so that neither can say goodbye. */
  public void killAll() {
    // Stopped first: a parent that dies sends its child SIGTERM, one that lives starts another.
    process.signal("STOP");
    List<String> command = new ArrayList<>(List.of("kill", "-KILL"));
    ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .forEach(child -> command.add(Long.toString(child.pid())));
    command.add(Long.toString(process.pid()));
    Shell.run(command.toArray(String[]::new));
    process.awaitExit();
  }

  /** Ends it with SIGTERM. */
  public void stop() {
    process.signal("TERM");
    process.awaitExit();
  }

  /** The process. */
  public Launched process() {
    return process;
  }

  /** Where it runs. */
  public Host host() {
    return host;
  }
}
