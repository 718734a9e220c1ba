package org.vipd.daemon.it;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The addresses a host may advertise from. */
final class NodeSources {

  private NodeSources() {}

  /**
   * All addresses of the host that are not virtual, once its link-local ones can be used.
   *
   * @param virtual the virtual addresses
   */
  static List<String> of(Host host, List<String> virtual) {
    Await.until(
        "addresses of " + host.home().getFileName() + " can be used",
        () -> !list(host).contains("tentative") && list(host).contains("fe80::"));
    List<String> sources = new ArrayList<>();
    for (String line : list(host).lines().toList()) {
      String address = line.strip().split("\\s+", -1)[3].replaceAll("/.*", "");
      if (!virtual.contains(address)) {
        sources.add(normal(address));
      }
    }
    return sources;
  }

  private static String list(Host host) {
    return host.run("ip", "-o", "address", "show", "up");
  }

  /** The way Java writes it, as {@link VrrpPacket} does. */
  private static String normal(String address) {
    try {
      return InetAddress.getByName(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
