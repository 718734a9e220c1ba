package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * FRR's vrrpd with the zebra it needs, on a host. Its virtual MAC is on a macvlan that must exist
 * beforehand: in bridge mode, and with a link-local address that is its own.
 */
final class FrrNode {

  private static final String MACVLAN = "virtual0";
  private static final String LINK_LOCAL = "fe80::";

  /**
   * What to run.
   *
   * @param version 2 or 3
   * @param vrid 1..255
   * @param priority 1..254
   * @param intervalMillis a multiple of 10
   * @param addresses virtual addresses of one family, link-local first
   */
  record Settings(int version, int vrid, int priority, int intervalMillis, List<String> addresses) {

    private boolean isIpv6() {
      return addresses.get(0).contains(":");
    }

    private String mac() {
      return String.format(Locale.ROOT, "00:00:5e:00:%02x:%02x", isIpv6() ? 2 : 1, vrid);
    }

    private String text(Path log) {
      StringBuilder text = new StringBuilder("log file " + log + "\n");
      String head = " vrrp " + vrid;
      text.append("interface ").append(Lab.INTERFACE).append('\n');
      text.append(head).append(" version ").append(version).append('\n');
      text.append(head).append(" priority ").append(priority).append('\n');
      text.append(head).append(" advertisement-interval ").append(intervalMillis).append('\n');
      for (String address : addresses) {
        text.append(head).append(isIpv6() ? " ipv6 " : " ip ").append(address).append('\n');
      }
      return text.toString();
    }
  }

  private final Host host;
  private final Settings settings;
  private final FrrHome home;
  private Launched process;

  private FrrNode(Host host, Settings settings) {
    this.host = host;
    this.settings = settings;
    this.home = new FrrHome(host);
    home.configure("vrrpd", settings.text(home.directory().resolve("vrrpd.txt")));
    makeMacvlan();
    home.launchZebra();
    this.process = home.launch("vrrpd");
  }

  static boolean isInstalled() {
    return FrrHome.isInstalled("vrrpd");
  }

  /** Its version, as it says itself. */
  static String version() {
    String program = FrrHome.program("vrrpd").toString();
    return Shell.execute(List.of(program, "--version"), Map.of())
        .output()
        .lines()
        .findFirst()
        .get();
  }

  static FrrNode start(Host host, Settings settings) {
    return new FrrNode(host, settings);
  }

  private void makeMacvlan() {
    host.run(
        "ip", "link", "add", MACVLAN, "link", Lab.INTERFACE, "type", "macvlan", "mode", "bridge");
    host.run("ip", "link", "set", MACVLAN, "address", settings.mac());
    host.run("ip", "link", "set", MACVLAN, "addrgenmode", "random");
    host.run("ip", "link", "set", MACVLAN, "up");
    // vrrpd sends from the first link-local address, which must not be a virtual one.
    for (String address : settings.addresses()) {
      if (address.startsWith(LINK_LOCAL)) {
        // vrrpd would send from it, and every router would take that for its own packet.
        continue;
      }
      List<String> command = new ArrayList<>(List.of("ip", "address", "add"));
      command.add(address + (settings.isIpv6() ? "/64" : "/24"));
      command.addAll(List.of("dev", MACVLAN));
      if (settings.isIpv6()) {
        command.add("nodad");
      }
      host.run(command.toArray(String[]::new));
    }
    host.run("ip", "link", "set", MACVLAN, "up");
  }

  /** Ends vrrpd with SIGKILL; zebra goes on. */
  void kill() {
    process.kill();
  }

  /** Ends vrrpd with SIGTERM; zebra goes on. */
  void stop() {
    process.signal("TERM");
    process.awaitExit();
  }

  /** Starts vrrpd again after its end. */
  void restart() {
    process = home.launch("vrrpd");
  }

  /** Changes the priority while it runs. */
  void changePriority(int priority) {
    String command = "vrrp " + settings.vrid() + " priority " + priority;
    home.tell("configure terminal", "interface " + Lab.INTERFACE, command);
  }

  /** What it has written about packets that it did not like. */
  List<String> complaints() {
    return log().lines().filter(line -> line.contains("Datagram invalid")).toList();
  }

  /** Its log. */
  String log() {
    try {
      Path file = home.directory().resolve("vrrpd.txt");
      return Files.exists(file) ? Files.readString(file) : host.read("vrrpd.log");
    } catch (IOException e) {
      throw new UncheckedIOException("log of vrrpd", e);
    }
  }
}
