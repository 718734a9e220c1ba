package org.vipd.daemon.config.check;

import java.util.HashMap;
import java.util.Map;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.network.StaticAddress;
import org.vipd.protocol.value.IpAddress;

/** Rules about static addresses that are virtual, too. */
final class StaticAddressRules {

  private static final String RULE = "V040";
  private static final String LIST = "static_ipaddress";

  private final Node node;
  private final Findings findings;

  StaticAddressRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    if (node.config().network().addresses().isEmpty()) {
      return;
    }
    Map<IpAddress, String> owners = new HashMap<>();
    for (InstanceConfig instance : node.config().instances()) {
      for (VirtualAddressConfig it : instance.addresses()) {
        owners.putIfAbsent(it.address(), instance.name());
      }
    }
    for (StaticAddress it : node.config().network().addresses()) {
      IpAddress address = it.address().address();
      if (owners.containsKey(address)) {
        findings.warning(
            RULE,
            place(address),
            address
                + " is a virtual address of "
                + owners.get(address)
                + ", too: it is not installed as a static one, and keepalived would put it on"
                + " every node at once",
            "delete it from " + node.name(LIST));
      }
    }
  }

  private Place place(IpAddress address) {
    Place file = Place.ofFile(node.file());
    Place found = node.places().find(file, LIST, address.toString());
    return found.line() > 0 ? found : node.places().findIn(file, "static", LIST);
  }
}
