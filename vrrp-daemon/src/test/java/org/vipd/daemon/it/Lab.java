package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.vipd.netlink.testkit.NetworkNamespace;

/**
 * A switch with hosts, each in a network namespace of its own. Closing it ends every process in
 * these namespaces and removes them, also when the virtual machine ends early.
 */
public final class Lab implements AutoCloseable {

  /** The interface of each host. */
  public static final String INTERFACE = "eth0";

  /** The bridge in the switch, where captures see every packet once. */
  public static final String BRIDGE = "bridge0";

  private final Path directory;
  private final NetworkNamespace network;
  private final List<Host> hosts = new ArrayList<>();
  private final List<NetworkNamespace> namespaces = new ArrayList<>();
  private final List<Launched> launched = new ArrayList<>();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Thread cleaner = new Thread(this::tearDown, "tear the lab down");

  private Lab(Path directory, NetworkNamespace network) {
    this.directory = directory;
    this.network = network;
    namespaces.add(network);
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /**
   * Makes the switch.
   *
   * @param name to recognise its namespaces by
   */
  public static Lab create(String name) {
    try {
      Path directory = Files.createTempDirectory("vipd-lab-");
      Lab lab = new Lab(directory, NetworkNamespace.create("vipd-" + name + "-switch"));
      lab.network.addBridge(BRIDGE);
      return lab;
    } catch (IOException e) {
      throw new UncheckedIOException("directory of the lab", e);
    }
  }

  /**
   * Adds a host.
   *
   * @param name short: part of an interface name
   * @param address with prefix length, on its {@link #INTERFACE}
   */
  public Host host(String name, String address) {
    Host host = disconnectedHost(name);
    NetworkNamespace.connect(network, port(name), host.namespace(), INTERFACE);
    network.enslave(port(name), BRIDGE);
    host.run("ip", "address", "add", address, "dev", INTERFACE);
    return host;
  }

  /** Adds a host without any interface but the loopback. */
  public Host disconnectedHost(String name) {
    NetworkNamespace namespace = NetworkNamespace.create("vipd-" + name);
    namespaces.add(namespace);
    try {
      Path home = Files.createDirectories(directory.resolve(name));
      Host host = new Host(this, namespace, home);
      hosts.add(host);
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException("directory of host " + name, e);
    }
  }

  /** The namespace of the switch. */
  public NetworkNamespace network() {
    return network;
  }

  /** Pulls out the cable of a host, or plugs it in again. */
  public void connect(String host, boolean connected) {
    network.run("ip", "link", "set", port(host), connected ? "up" : "down");
  }

  /** The directory for files of this lab. */
  public Path directory() {
    return directory;
  }

  /** Starts recording what the switch sees. */
  public Capture capture() {
    return Capture.start(this, BRIDGE, "ip proto 112 or arp");
  }

  synchronized Launched track(Launched process) {
    launched.add(process);
    return process;
  }

  private static String port(String host) {
    return "port-" + host;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(cleaner);
    tearDown();
  }

  private synchronized void tearDown() {
    if (!open.getAndSet(false)) {
      return;
    }
    for (int i = launched.size() - 1; i >= 0; i--) {
      launched.get(i).close();
    }
    for (NetworkNamespace namespace : namespaces) {
      killThoseIn(namespace);
    }
    for (Host host : hosts) {
      host.namespace().close();
    }
    network.close();
    deleteFiles();
  }

  /** Whoever is left in a namespace of ours was started by something that we started. */
  private static void killThoseIn(NetworkNamespace namespace) {
    List<String> pids = Shell.run("ip", "netns", "pids", namespace.name()).lines().toList();
    for (String pid : pids) {
      Shell.execute(List.of("kill", "-KILL", pid.strip()), Map.of());
    }
  }

  private void deleteFiles() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("delete " + directory, e);
    }
  }
}
