package org.vipd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.NetworkNamespace;

/** The time limit only ends a test that would hang. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RouteClientIT {

  private NetworkNamespace namespace;
  private RouteClient client;
  private InterfaceIndex index;

  @BeforeEach
  void open() {
    NetworkNamespace.assumeAvailable();
    namespace = NetworkNamespace.create("netlink-r");
    namespace.run("ip", "link", "add", "d0", "type", "veth", "peer", "name", "d1");
    namespace.run("ip", "link", "set", "d0", "address", "02:00:00:00:00:11");
    namespace.run("ip", "link", "set", "d1", "up");
    namespace.run("ip", "link", "set", "d0", "up");
    client = namespace.call(RouteClient::open);
    index = new InterfaceIndex(namespace.interfaceIndex("d0"));
  }

  @AfterEach
  void close() {
    Optional.ofNullable(client).ifPresent(RouteClient::close);
    Optional.ofNullable(namespace).ifPresent(NetworkNamespace::close);
  }

  @Test
  void listsLinks() {
    namespace.run("ip", "link", "property", "add", "dev", "d0", "altname", "uplink0");

    List<Link> links = client.links();

    assertThat(links).extracting(Link::name).containsExactlyInAnyOrder("lo", "d0", "d1");
    Link dummy =
        links.stream().filter(link -> link.index().equals(index)).findFirst().orElseThrow();
    assertThat(dummy.mac()).hasToString("02:00:00:00:00:11");
    assertThat(dummy.altNames()).containsExactly("uplink0");
    assertThat(dummy.isUsable()).isTrue();
    assertThat(dummy.mtu()).isEqualTo(1500);
    Link loopback = links.stream().filter(Link::isLoopback).findFirst().orElseThrow();
    assertThat(loopback.supportsArp()).isFalse();
    assertThat(loopback.supportsMulticast()).isFalse();
  }

  @Test
  void namesTheKindOfDeviceThatALinkIsAPortOf() {
    namespace.addBridge("br0");
    namespace.enslave("d1", "br0");

    assertThat(client.links())
        .filteredOn(link -> !link.isLoopback())
        .extracting(Link::name, Link::portOf)
        .containsExactlyInAnyOrder(tuple("d0", ""), tuple("d1", "bridge"), tuple("br0", ""));
  }

  private List<AddressRequest> network(int... last) {
    return IntStream.of(last)
        .mapToObj(it -> AddressRequest.of(index, new IpPrefix(Addresses.ip("10.1.0." + it), 24)))
        .toList();
  }

  private String promotion() {
    return namespace.run("cat", "/proc/sys/net/ipv4/conf/d0/promote_secondaries").strip();
  }

  private void forbidPromotion() {
    promote("all", 0);
    promote("d0", 0);
  }

  private void promote(String link, int value) {
    String file = "/proc/sys/net/ipv4/conf/" + link + "/promote_secondaries";
    namespace.run("sh", "-c", "echo " + value + " > " + file);
  }

  @Test
  void takesAllAddressesOfANetworkWithTheFirst() {
    forbidPromotion();
    client.add(network(1, 2, 3));

    client.remove(network(1));

    assertThat(find("10.1.0.2")).isEmpty();
  }

  @Test
  void letsOthersOfTheNetworkStayAndTheSettingAsItWas() {
    forbidPromotion();
    client.add(network(1, 2, 3));

    assertThat(client.removeBesideOthers(network(1)).failures()).isEmpty();

    assertThat(find("10.1.0.1")).isEmpty();
    assertThat(find("10.1.0.2").orElseThrow().secondary()).isFalse();
    assertThat(find("10.1.0.3").orElseThrow().secondary()).isTrue();
    assertThat(promotion()).isEqualTo("0");
    promote("d0", 1);
    client.removeBesideOthers(network(2));
    assertThat(find("10.1.0.3").orElseThrow().secondary()).isFalse();
    assertThat(promotion()).isEqualTo("1");
    // the answers of what nobody waits for do not confuse the next request
    assertThat(client.add(network(3)).unchanged()).hasSize(1);
  }

  @Test
  void countsAsDoneBesideOthersWhatIsGone() {
    AddressRequest elsewhere =
        AddressRequest.of(new InterfaceIndex(4242), new IpPrefix(Addresses.ip("10.1.0.9"), 24));
    assertThat(client.removeBesideOthers(List.of(elsewhere)).failures()).isEmpty();
    assertThat(client.removeBesideOthers(network(9)).failures()).isEmpty();
  }

  @Test
  void addsAnAddressWithAllItsProperties() {
    AddressRequest request =
        new AddressRequest(
            index,
            new IpPrefix(Addresses.ip("10.1.0.1"), 24),
            253,
            Optional.of("d0:vip"),
            Optional.of(Addresses.ip("10.1.0.255")),
            new AddressLifetime(3600, 0),
            true,
            true,
            112);

    assertThat(client.add(List.of(request)).failures()).isEmpty();

    InterfaceAddress added = find("10.1.0.1").orElseThrow();
    assertThat(added.prefix()).isEqualTo(request.prefix());
    assertThat(added.scope()).isEqualTo(253);
    assertThat(added.label()).contains("d0:vip");
    // kernels before 5.18 do not keep it
    assertThat(added.protocol()).isIn(0, 112);
    assertThat(added.deprecated()).isTrue();
    assertThat(namespace.run("ip", "-4", "addr", "show", "d0"))
        .contains("brd 10.1.0.255", "noprefixroute", "preferred_lft 0sec");
    assertThat(namespace.run("ip", "route")).doesNotContain("10.1.0.0");
  }

  @Test
  void addsAnIpv6AddressThatIsUsableAtOnce() {
    client.add(List.of(AddressRequest.of(index, Addresses.host("2001:db8::1"))));

    assertThat(find("2001:db8::1").orElseThrow().tentative()).isFalse();
    assertThat(namespace.run("ip", "-6", "addr", "show", "d0")).contains("nodad");
  }

  @Test
  void addsAThousandAddressesInOneBatchAgainAndRemovesThemTwice() {
    List<AddressRequest> requests = ipv4Requests(1000);

    long start = System.nanoTime();
    assertThat(client.add(requests).failures()).isEmpty();
    long added = System.nanoTime();
    assertThat(count()).isEqualTo(1000);
    long again = System.nanoTime();
    assertThat(client.add(requests).failures()).isEmpty();
    long refreshing = System.nanoTime();
    assertThat(client.refresh(requests).failures()).isEmpty();
    long removing = System.nanoTime();
    assertThat(client.remove(requests)).isEqualTo(new BatchResult(1000, List.of()));
    long removed = System.nanoTime();
    assertThat(count()).isZero();
    assertThat(client.remove(requests)).isEqualTo(new BatchResult(1000, List.of(), requests));
    System.out.printf(
        "1000 IPv4 addresses: add %.1f ms, add again %.1f ms, refresh %.1f ms, remove %.1f ms%n",
        (added - start) / 1e6,
        (refreshing - again) / 1e6,
        (removing - refreshing) / 1e6,
        (removed - removing) / 1e6);
  }

  @Test
  void refreshesTheSameRequestsAgainAndOthersAfterThem() {
    List<AddressRequest> requests = ipv4Requests(RouteClient.CHUNK + 10);
    client.add(requests);
    assertThat(client.refresh(requests).succeeded()).isTrue();
    namespace.run("ip", "addr", "flush", "dev", "d0", "scope", "global");
    assertThat(client.refresh(requests).succeeded()).isTrue();
    assertThat(count()).as("what is missing is added").isEqualTo(RouteClient.CHUNK + 10);

    List<AddressRequest> leased =
        requests.stream().map(it -> it.withLifetime(new AddressLifetime(900, 900))).toList();
    assertThat(client.refresh(leased).succeeded()).isTrue();
    assertThat(namespace.run("ip", "-4", "addr", "show", "d0")).doesNotContain("forever");
    assertThat(client.refresh(requests.subList(0, 3)).succeeded()).isTrue();
    assertThat(namespace.run("ip", "-4", "addr", "show", "d0").split("forever", -1)).hasSize(7);
  }

  @Test
  void namesTheFailuresOfEachRefreshOfTheSameRequests() {
    AddressRequest right = AddressRequest.of(index, Addresses.host("10.1.0.1"));
    AddressRequest wrong = AddressRequest.of(new InterfaceIndex(9999), Addresses.host("10.1.0.2"));
    List<AddressRequest> requests = List.of(right, wrong, right.withLabel("d0:a"));
    for (int i = 0; i < 3; i++) {
      assertThat(client.refresh(requests).failures())
          .extracting(BatchResult.Failure::request)
          .containsExactly(wrong);
    }
  }

  @Test
  void splitsBatchesThatAreTooLargeForOneDatagram() {
    List<AddressRequest> requests = ipv4Requests(RouteClient.CHUNK + 10);

    assertThat(client.add(requests)).isEqualTo(new BatchResult(RouteClient.CHUNK + 10, List.of()));
    assertThat(count()).isEqualTo(RouteClient.CHUNK + 10);
  }

  @Test
  void namesEachFailureAndDoesTheRest() {
    InterfaceIndex missing = new InterfaceIndex(9999);
    AddressRequest first = AddressRequest.of(index, Addresses.host("10.1.0.1"));
    AddressRequest wrong = AddressRequest.of(missing, Addresses.host("10.1.0.2"));
    AddressRequest last = AddressRequest.of(missing, Addresses.host("10.1.0.3"));

    BatchResult result = client.add(List.of(first, wrong, last));

    assertThat(result.failures())
        .extracting(BatchResult.Failure::request)
        .containsExactly(wrong, last);
    assertThat(result.failures()).extracting(BatchResult.Failure::errno).containsOnly(Errno.ENODEV);
    assertThat(result.failures().get(0))
        .hasToString(
            "10.1.0.2/32 on interface 9999: ENODEV (No such device), ipv4: Device not found");
    assertThat(find("10.1.0.1")).isPresent();
    assertThat(client.remove(List.of(first, wrong)))
        .isEqualTo(new BatchResult(2, List.of(), List.of(wrong)));
  }

  @Test
  void surfacesTheRefusalOfAThousandRequests() {
    List<AddressRequest> requests =
        ipv4Requests(1000).stream()
            .map(request -> AddressRequest.of(new InterfaceIndex(9999), request.prefix()))
            .toList();

    assertThat(client.add(requests).failures()).hasSize(1000);
    assertThat(client.links()).hasSize(3);
  }

  @Test
  void letsTheKernelRemoveAnAddressThatIsNotRefreshed() {
    AddressRequest lease =
        AddressRequest.of(index, Addresses.host("10.1.0.1"))
            .withLifetime(AddressLifetime.ofSeconds(1));
    try (RouteMonitor monitor = namespace.call(RouteMonitor::open);
        MonitorReader reader = new MonitorReader(monitor)) {
      client.add(List.of(lease));

      reader.awaitHeard("no address 10.1.0.1/32");
    }
    assertThat(find("10.1.0.1")).isEmpty();
  }

  @Test
  void doesNothingForAnEmptyBatch() {
    assertThat(client.add(List.of())).isEqualTo(new BatchResult(0, List.of()));
  }

  private Optional<InterfaceAddress> find(String literal) {
    return client.addresses().stream()
        .filter(address -> address.prefix().address().equals(Addresses.ip(literal)))
        .findFirst();
  }

  private long count() {
    return client.addresses().stream()
        .filter(address -> address.prefix().address().getHostAddress().startsWith("10."))
        .count();
  }

  private List<AddressRequest> ipv4Requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10.2." + i / 250 + "." + (i % 250 + 1))
        .map(literal -> AddressRequest.of(index, Addresses.host(literal)))
        .toList();
  }
}
