package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.check.host.HostView.Network;
import org.vipd.protocol.value.IpAddress;

/** Rules about the address that a router sends from. */
final class SendingRules {

  private static final String RULE = "V038";

  private final Node node;
  private final Findings findings;

  SendingRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    node.config().instances().forEach(this::source);
  }

  private void source(InstanceConfig instance) {
    Optional<IpAddress> source = instance.transport().source();
    List<Network> own = node.host().networks(instance.key().interfaceName());
    if (source.isEmpty() || own.isEmpty() || hasAddress(source.get())) {
      return;
    }
    String addresses =
        own.stream()
            .map(Network::address)
            .filter(it -> it.family() == instance.key().family())
            .map(IpAddress::toString)
            .collect(Collectors.joining(", "));
    findings.warning(
        RULE,
        node.place(instance, keyword(instance)),
        instance.name()
            + " is to send from "
            + source.get()
            + ", which this host has not: it waits in FAULT until it has",
        "check the address"
            + (addresses.isEmpty()
                ? ""
                : "; " + instance.key().interfaceName() + " has " + addresses)
            + "; if the file is for another host, check it there");
  }

  private String keyword(InstanceConfig instance) {
    return node.hasWritten(instance, "unicast_src_ip") ? "unicast_src_ip" : "mcast_src_ip";
  }

  private boolean hasAddress(IpAddress address) {
    return node.host().interfaces().stream()
        .flatMap(name -> node.host().networks(name).stream())
        .anyMatch(it -> it.address().equals(address));
  }
}
