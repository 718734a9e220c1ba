package org.vipd.netlink.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.LibC;
import org.vipd.netlink.libc.NativeFunction;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SystemCalls;

/**
 * A network namespace of a test's own, removed when closed or when the virtual machine ends.
 * Sockets that {@link #call} opens stay in it whatever thread uses them later.
 */
public final class NetworkNamespace implements AutoCloseable {

  private static final int NAME_MAXIMUM = 200;

  private final String name;
  private final Thread cleaner;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private NetworkNamespace(String name) {
    this.name = name;
    this.cleaner = new Thread(this::delete, "remove " + name);
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /** Returns why namespaces cannot be made here; empty when they can. */
  public static Optional<String> unavailableReason() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of(
          "network namespaces need root, this is " + System.getProperty("user.name"));
    }
    String probe = uniqueName("probe");
    try {
      ip("netns", "add", probe);
      ip("netns", "del", probe);
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of("network namespaces are impossible here: " + e.getMessage());
    }
  }

  /** Returns whether namespaces can be made here. */
  public static boolean isAvailable() {
    return unavailableReason().isEmpty();
  }

  /** Skips the running test with a printed reason when namespaces cannot be made here. */
  public static void assumeAvailable() {
    Optional<String> reason = unavailableReason();
    reason.ifPresent(text -> System.out.println("SKIPPED: " + text));
    Assumptions.assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
  }

  /**
   * Makes a namespace with its loopback interface up.
   *
   * @param prefix start of its name, to tell whose it is
   */
  public static NetworkNamespace create(String prefix) {
    NetworkNamespace namespace = new NetworkNamespace(uniqueName(prefix));
    ip("netns", "add", namespace.name);
    namespace.run("ip", "link", "set", "lo", "up");
    return namespace;
  }

  /** Joins two namespaces by a pair of interfaces, both up. */
  public static void connect(
      NetworkNamespace one, String interfaceOne, NetworkNamespace two, String interfaceTwo) {
    one.run(
        "ip",
        "link",
        "add",
        interfaceOne,
        "type",
        "veth",
        "peer",
        "name",
        interfaceTwo,
        "netns",
        two.name);
    one.run("ip", "link", "set", interfaceOne, "up");
    two.run("ip", "link", "set", interfaceTwo, "up");
  }

  /** Adds a bridge that floods multicast, up and without spanning tree. */
  public void addBridge(String bridge) {
    run("ip", "link", "add", bridge, "type", "bridge", "mcast_snooping", "0", "stp_state", "0");
    run("ip", "link", "set", bridge, "up");
  }

  /** Makes an interface a port of a bridge. */
  public void enslave(String port, String bridge) {
    run("ip", "link", "set", port, "master", bridge);
  }

  /** Returns the name to use with {@code ip netns exec}. */
  public String name() {
    return name;
  }

  /**
   * Runs a command inside and returns what it printed.
   *
   * @throws IllegalStateException with its output when it does not exit with 0
   */
  public String run(String... command) {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
    inside.addAll(List.of(command));
    return execute(inside);
  }

  /** Returns the index of an interface inside. */
  public int interfaceIndex(String interfaceName) {
    return Integer.parseInt(run("cat", "/sys/class/net/" + interfaceName + "/ifindex").strip());
  }

  /** Runs code on a thread that is inside, and waits for it. */
  public <T> T call(Callable<T> code) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter();
              return code.call();
            });
    Thread thread = new Thread(task, "inside " + name);
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("inside " + name + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted inside " + name, e);
    }
  }

  /** Removes the namespace with its interfaces. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(cleaner);
    delete();
  }

  private void delete() {
    if (open.getAndSet(false) && Files.exists(path())) {
      ip("netns", "del", name);
    }
  }

  private void enter() {
    LibC libC = SystemCalls.get().libC();
    NativeFunction setns = new NativeFunction("setns", 2);
    try (NativeMemory path = NativeMemory.scoped(path().toString());
        FileDescriptor fd = new FileDescriptor(libC.open(path.address(), 0, 0))) {
      if (setns.call(fd.number(), 0) != 0) {
        throw new IllegalStateException("setns " + name + ": refused");
      }
    }
  }

  private Path path() {
    return Path.of("/run/netns", name);
  }

  private static String uniqueName(String prefix) {
    long pid = ProcessHandle.current().pid();
    String name = prefix + "-" + pid + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    return name.substring(0, Math.min(NAME_MAXIMUM, name.length()));
  }

  private static String ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    return execute(command);
  }

  private static String execute(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + ": exit code " + code + ": " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + String.join(" ", command), e);
    }
  }
}
