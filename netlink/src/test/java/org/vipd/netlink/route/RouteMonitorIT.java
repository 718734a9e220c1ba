package org.vipd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.NetworkNamespace;

/** The time limit only ends a test that would hang. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RouteMonitorIT {

  private static final int SMALLEST_BUFFER = 2048;

  private NetworkNamespace namespace;

  @BeforeEach
  void open() {
    NetworkNamespace.assumeAvailable();
    namespace = NetworkNamespace.create("netlink-m");
    namespace.run("ip", "link", "add", "m0", "type", "veth", "peer", "name", "m1");
    namespace.run("ip", "link", "set", "m1", "up");
    namespace.run("ip", "link", "set", "m0", "up");
  }

  @AfterEach
  void close() {
    Optional.ofNullable(namespace).ifPresent(NetworkNamespace::close);
  }

  @Test
  void hearsALinkGoDownAndUp() {
    try (RouteMonitor monitor = namespace.call(RouteMonitor::open);
        MonitorReader reader = new MonitorReader(monitor)) {
      namespace.run("ip", "link", "set", "m0", "down");
      reader.awaitHeard("link m0 unusable");
      reader.listener().clear();

      namespace.run("ip", "link", "set", "m0", "up");
      reader.awaitHeard("link m0 usable");
    }
  }

  @Test
  void hearsThatTheCarrierIsLost() {
    try (RouteMonitor monitor = namespace.call(RouteMonitor::open);
        MonitorReader reader = new MonitorReader(monitor)) {
      namespace.run("ip", "link", "set", "m1", "down");

      reader.awaitHeard("link m0 unusable");
    }
  }

  @Test
  void hearsLinksComeAndGo() {
    try (RouteMonitor monitor = namespace.call(RouteMonitor::open);
        MonitorReader reader = new MonitorReader(monitor)) {
      namespace.run("ip", "link", "add", "d0", "type", "bridge");
      reader.awaitHeard("link d0 unusable");
      namespace.run("ip", "link", "del", "d0");
      reader.awaitHeard("no link d0");
    }
  }

  @Test
  void leavesOutTheRefreshesOfAClientAndNothingElse() {
    InterfaceIndex index = new InterfaceIndex(namespace.interfaceIndex("m0"));
    List<AddressRequest> one = List.of(AddressRequest.of(index, Addresses.host("10.9.9.1")));
    List<AddressRequest> two = List.of(AddressRequest.of(index, Addresses.host("10.9.9.2")));
    try (RouteClient client = namespace.call(RouteClient::open);
        RouteClient other = namespace.call(RouteClient::open);
        RouteMonitor monitor = namespace.call(RouteMonitor::open)) {
      monitor.ignoreRefreshesOf(client);
      try (MonitorReader reader = new MonitorReader(monitor)) {
        client.add(one);
        reader.awaitHeard("address 10.9.9.1/32");
        reader.listener().clear();
        client.refresh(one);
        other.refresh(two);
        reader.awaitHeard("address 10.9.9.2/32");
        assertThat(reader.listener().heard()).noneMatch(it -> it.contains("10.9.9.1"));
        client.remove(one);
        reader.awaitHeard("no address 10.9.9.1/32");
      }
    }
  }

  @Test
  void doesNotTakeAPortThatLeavesItsBridgeForARemovedLink() {
    namespace.addBridge("br0");
    try (RouteMonitor monitor = namespace.call(RouteMonitor::open);
        MonitorReader reader = new MonitorReader(monitor)) {
      namespace.enslave("m0", "br0");
      namespace.run("ip", "link", "set", "m0", "nomaster");
      namespace.run("ip", "link", "del", "br0");
      reader.awaitHeard("no link br0");

      assertThat(reader.listener().heard()).doesNotContain("no link m0");
    }
  }

  @Test
  void hearsAddressesOfBothFamiliesComeAndGo() {
    try (RouteMonitor monitor = namespace.call(RouteMonitor::open);
        MonitorReader reader = new MonitorReader(monitor)) {
      namespace.run("ip", "addr", "add", "10.3.0.1/24", "dev", "m0");
      namespace.run("ip", "addr", "add", "2001:db8::3/64", "dev", "m0", "nodad");
      namespace.run("ip", "addr", "del", "10.3.0.1/24", "dev", "m0");
      namespace.run("ip", "addr", "del", "2001:db8::3/64", "dev", "m0");
      reader.awaitHeard("no address 2001:db8:0:0:0:0:0:3/64");

      assertThat(reader.listener().heard())
          .containsSubsequence(
              "address 10.3.0.1/24",
              "address 2001:db8:0:0:0:0:0:3/64",
              "no address 10.3.0.1/24",
              "no address 2001:db8:0:0:0:0:0:3/64")
          .doesNotContain("resynchronize");
    }
  }

  @Test
  void asksToResynchronizeOnceAfterALoss() {
    try (RouteMonitor monitor = namespace.call(() -> RouteMonitor.open(SMALLEST_BUFFER));
        MonitorReader reader = new MonitorReader(monitor);
        RouteClient client = namespace.call(RouteClient::open)) {
      InterfaceIndex index = new InterfaceIndex(namespace.interfaceIndex("m0"));
      List<AddressRequest> requests =
          IntStream.rangeClosed(1, 200)
              .mapToObj(i -> AddressRequest.of(index, Addresses.host("10.4.0." + i)))
              .toList();
      client.add(requests);
      reader.awaitHeard("resynchronize");

      List<String> heard = reader.listener().heard();
      assertThat(heard.get(heard.size() - 1)).isEqualTo("resynchronize");
      assertThat(heard).hasSizeLessThan(200).containsOnlyOnce("resynchronize");
      reader.listener().clear();
      client.remove(requests.subList(0, 1));
      reader.awaitHeard("no address 10.4.0.1/32");
      assertThat(reader.listener().heard()).doesNotContain("resynchronize");
    }
  }
}
