package org.vipd.daemon.config.check;

import java.net.URI;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.protocol.value.IpAddress;

/** Rules about what built-in checks ask. */
final class ProbeRules {

  private final Node node;
  private final Findings findings;

  ProbeRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    for (CheckConfig check : node.config().checks()) {
      check.probe().flatMap(ProbeRules::asked).ifPresent(address -> look(check, address));
    }
  }

  private void look(CheckConfig check, IpAddress address) {
    for (InstanceConfig instance : node.config().instances()) {
      boolean isVirtual =
          instance.addresses().stream().anyMatch(it -> it.address().equals(address));
      if (isVirtual) {
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
        return;
      }
    }
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
    return Optional.ofNullable(URI.create(http.url()).getHost()).flatMap(ProbeRules::address);
  }

  private static Optional<IpAddress> address(String host) {
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    return IpAddress.parse(isBracketed ? host.substring(1, host.length() - 1) : host);
  }
}
