package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.netlink.testkit.NetworkNamespace;

/** One machine of a lab. */
public final class Host {

  private final Lab lab;
  private final NetworkNamespace namespace;
  private final Path home;
  private Optional<Launched> init = Optional.empty();

  Host(Lab lab, NetworkNamespace namespace, Path home) {
    this.lab = lab;
    this.namespace = namespace;
    this.home = home;
  }

  /** Its network. */
  public NetworkNamespace namespace() {
    return namespace;
  }

  /** The directory for its files. */
  public Path home() {
    return home;
  }

  /**
   * Gives it processes of its own, so that {@code pidof} finds only those of this host, and mounts
   * of its own.
   *
   * @param mounts shell command that arranges the mounts; empty for none
   */
  public void isolateProcesses(String mounts) {
    String script = (mounts.isEmpty() ? "" : mounts + " && ") + "echo ready && exec sleep infinity";
    List<String> command =
        List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", script);
    Launched process =
        lab.track(Launched.start(inside(command), Map.of(), home.resolve("init.log"), true));
    process.awaitOutput("ready");
    init = Optional.of(process);
  }

  /** Starts a command that goes on running; its output is in {@code NAME.log}. */
  public Launched start(String name, List<String> command, Map<String, String> environment) {
    Path log = home.resolve(name + ".log");
    List<String> complete = init.isPresent() ? entering(command) : inside(command);
    return lab.track(Launched.start(complete, environment, log, init.isPresent()));
  }

  /**
   * Starts a command that goes on running, outside of the namespaces of this host: it enters what
   * it needs of them itself. It ends with the lab; its output is in {@code NAME.log}.
   */
  Launched startOnMachine(String name, List<String> command) {
    return lab.track(Launched.start(command, Map.of(), home.resolve(name + ".log"), false));
  }

  private List<String> inside(List<String> command) {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
    words.addAll(command);
    return words;
  }

  private List<String> entering(List<String> command) {
    String pid = Long.toString(init.orElseThrow().pid());
    // root and directory as well: the tests may themselves run in a tree that chroot made
    List<String> words =
        new ArrayList<>(
            List.of(
                "nsenter", "--target", pid, "--pid", "--mount", "--root", "--wd", "--net", "--"));
    words.addAll(command);
    return words;
  }

  /** Runs a command that must succeed and returns what it printed. */
  public String run(String... command) {
    return namespace.run(command);
  }

  /** Whether an interface of it has the address. */
  public boolean hasAddress(String address) {
    return run("ip", "-o", "address", "show").contains(" " + address + "/");
  }

  /** Adds an address to its interface. */
  public void addAddress(String addressWithPrefix) {
    run("ip", "address", "add", addressWithPrefix, "dev", Lab.INTERFACE);
  }

  /** Writes a file into its directory and returns where it is. */
  public Path file(String name, String content) {
    Path file = home.resolve(name);
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("write " + file, e);
    }
  }

  /** Writes an executable file into its directory and returns where it is. */
  public Path script(String name, String content) {
    Path file = file(name, content);
    try {
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException("make executable " + file, e);
    }
  }

  /** What a file of it holds now; empty when there is none. */
  public String read(String name) {
    Path file = home.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }
}
