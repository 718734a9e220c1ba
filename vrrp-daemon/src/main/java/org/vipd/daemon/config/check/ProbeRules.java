package org.vipd.daemon.config.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SecondsText;
import org.vipd.daemon.config.check.host.HostView.Network;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.protocol.value.IpAddress;

/** Rules about what built-in checks ask. */
final class ProbeRules {

  private static final List<Network> LOOPBACK =
      List.of(
          new Network(IpAddress.parse("127.0.0.1").orElseThrow(), 8),
          new Network(IpAddress.parse("::1").orElseThrow(), 128));

  /** Measured down to this (docs/built-in-checks.md). */
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Node node;
  private final Findings findings;

  ProbeRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    for (CheckConfig check : node.config().checks()) {
      Optional<IpAddress> address = check.probe().flatMap(ProbeRules::asked);
      if (check.probe().isPresent()) {
        interval(check);
      }
      boolean isVirtual = address.isPresent() && isVirtual(check, address.get());
      if (!isVirtual && check.probe().orElse(null) instanceof Probe.KubeApiserver api) {
        host(api.http()).ifPresent(host -> requireLocal(check, host, address));
      }
    }
  }

  private void interval(CheckConfig check) {
    if (check.schedule().interval().compareTo(SHORTEST) >= 0) {
      return;
    }
    findings.warning(
        "V046",
        node.places().find(check.place(), "interval"),
        check.name()
            + " asks every "
            + SecondsText.of(check.schedule().interval())
            + ": checks without a script are made for ten times a second at most",
        node.wording("write interval 0.1 or more", "write interval: 100ms or more"));
  }

  private void requireLocal(CheckConfig check, String host, Optional<IpAddress> address) {
    String doubt;
    if (address.isPresent()) {
      if (isOwn(address.get())) {
        return;
      }
      doubt = "which this host has not: another node may answer";
    } else if (isLocalName(host)) {
      return;
    } else {
      doubt = "a name, which may lead to another node or to the virtual address";
    }
    findings.warning(
        "V041",
        node.places().find(check.place(), "probe"),
        check.name() + " asks for the API server at " + host + ", " + doubt,
        "ask this node, at 127.0.0.1 or an address of its own; the name in the certificate is"
            + " server-name");
  }

  /** RFC 6761 section 6.3, and the names that Debian's /etc/hosts has. */
  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("localhost.localdomain")
        || name.equals("ip6-localhost")
        || name.equals("ip6-loopback");
  }

  /** Whether the host has the address, or nothing is known of its addresses. */
  private boolean isOwn(IpAddress address) {
    List<Network> networks =
        Stream.concat(Stream.of("lo"), node.host().interfaces().stream())
            .flatMap(name -> node.host().networks(name).stream())
            .toList();
    return networks.isEmpty()
        || LOOPBACK.stream().anyMatch(it -> it.contains(address))
        || networks.stream().anyMatch(it -> it.address().equals(address));
  }

  /** Whether it is a virtual address, which is said. */
  private boolean isVirtual(CheckConfig check, IpAddress address) {
    for (InstanceConfig instance : node.config().instances()) {
      if (instance.addresses().stream().anyMatch(it -> it.address().equals(address))) {
        findings.warning(
            "V036",
            node.places().find(check.place(), "probe"),
            check.name()
                + " asks "
                + address
                + ", the virtual address of "
                + instance.name()
                + ": whoever holds it answers, which says nothing of this node",
            "ask this node, at 127.0.0.1 or an address of its own");
        return true;
      }
    }
    return false;
  }

  /** The address that a question goes to; empty when it goes nowhere, or to a name. */
  private static Optional<IpAddress> asked(Probe probe) {
    if (probe instanceof Probe.Tcp tcp) {
      return address(tcp.host());
    }
    if (probe instanceof Probe.Http http) {
      return ofUrl(http);
    }
    if (probe instanceof Probe.KubeApiserver api) {
      return ofUrl(api.http());
    }
    return probe instanceof Probe.Etcd etcd ? ofUrl(etcd.http()) : Optional.empty();
  }

  private static Optional<IpAddress> ofUrl(Probe.Http http) {
    return host(http).flatMap(ProbeRules::address);
  }

  private static Optional<String> host(Probe.Http http) {
    return Optional.ofNullable(URI.create(http.url()).getHost());
  }

  private static Optional<IpAddress> address(String host) {
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    return IpAddress.parse(isBracketed ? host.substring(1, host.length() - 1) : host);
  }
}
