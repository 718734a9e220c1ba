package org.vipd.daemon.runtime;

import java.util.List;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** A host with one static address, route and rule, or others. */
abstract class StaticScene {

  static final String ADDRESS = "10.0.0.50/24";
  static final String ROUTE = "10.1.0.0/16 via 10.0.0.1 dev eth0";
  static final String RULE = "from 10.0.0.50/32 table 1 priority 100";

  static String statics(String address, String route, String rule) {
    return String.join(
        "\n",
        "static_ipaddress {",
        address,
        "}",
        "static_routes {",
        route,
        "}",
        "static_rules {",
        rule,
        "}",
        "");
  }

  static String configuration(String address, String route, String rule) {
    return statics(address, route, rule) + Configurations.instance(100);
  }

  static FakeHost started(String address, String route, String rule) {
    FakeHost host = new FakeHost(configuration(address, route, rule));
    host.interfaces.keepMarks();
    return host.start();
  }

  static List<String> effects(FakeHost host) {
    return host.trace.take().stream()
        .filter(line -> line.startsWith("install") || line.startsWith("remove"))
        .toList();
  }

  static long counter(FakeHost host, String name) {
    return host.status().daemon().get(name);
  }

  /** One that has been there for long. */
  static void putMarked(FakeHost host) {
    host.interfaces.loseReports(true);
    host.interfaces.putAddress(2, ADDRESS);
    host.interfaces.markAll(LocalAddress.Origin.VIPD);
    host.interfaces.loseReports(false);
  }
}
