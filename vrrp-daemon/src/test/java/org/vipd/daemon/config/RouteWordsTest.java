package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default via 10.0.0.1|0.0.0.0/0 via 10.0.0.1",
        "0.0.0.0/0 via 10.0.0.1 dev eth1|0.0.0.0/0 via 10.0.0.1 dev eth1",
        "10.1.0.0/16 dev eth0 scope link|10.1.0.0/16 dev eth0",
        "10.1.0.0/16 dev eth0 scope global|10.1.0.0/16 dev eth0 scope 0",
        "10.1.0.0/16 dev eth0 src 10.0.0.5 scope link table 1|10.1.0.0/16 dev eth0 src 10.0.0.5 table 1",
        "src 10.0.0.5 to 10.2.0.0/16 gw 10.0.0.1|10.2.0.0/16 via 10.0.0.1 src 10.0.0.5",
        "2001:db8::5/64 via fe80::1 dev eth0|2001:db8::5/64 via fe80::1 dev eth0",
        "10.5.0.5/32 via 10.0.0.1|10.5.0.5/32 via 10.0.0.1",
        "10.3.0.4 via inet6 fe80::1 dev eth0|10.3.0.4/32 via fe80::1 dev eth0",
        "default via inet6 fe80::1 dev eth0|::/0 via fe80::1 dev eth0",
        "default6 via fe80::1 dev eth0 metric 7|::/0 via fe80::1 dev eth0 metric 7",
        "2001:db8::/32 dev eth0 scope link|2001:db8::/32 dev eth0",
        "blackhole 10.9.0.0/16|blackhole 10.9.0.0/16",
        "unreachable 2001:db8::/32 preference 5|unreachable 2001:db8::/32 metric 5",
        "10.1.0.0/16 via 10.0.0.1 dev eth0 onlink mtu 1400 advmss 1360|10.1.0.0/16 via 10.0.0.1 dev eth0 onlink mtu 1400 advmss 1360",
        "10.1.0.0/16 via 10.0.0.1 proto static no_track|10.1.0.0/16 via 10.0.0.1 proto 4",
        "10.1.0.0/16 via 10.0.0.1 table vpn priority 4294967295|10.1.0.0/16 via 10.0.0.1 table vpn metric 4294967295",
      })
  void readsARouteAndWritesItInOneForm(String line, String text) {
    LoadResult result = EntryTexts.read("virtual_routes", line);
    VirtualRoute route =
        result.config().orElseThrow().instances().get(0).extras().virtualRoutes().get(0);
    assertThat(route.text()).isEqualTo(text);
    assertThat(VirtualRoute.parse(text).orElseThrow().text()).isEqualTo(text);
    assertThat(result.problems()).noneMatch(it -> it.text().contains("effective"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1.0.0/16 via 10.0.0.1 hoplimit 3|k.conf:8:28: warning: hoplimit in a route is accepted, not yet effective; the route is installed without it|1",
        "10.1.0.0/16 via 10.0.0.1 mtu lock 1400|k.conf:8:32: warning: lock in a route is accepted, not yet effective; the route is installed without it|1",
        "10.1.0.0/16 nexthop via 10.0.0.1 weight 1|k.conf:8:15: warning: nexthop in a route is accepted, not yet effective; the route is not installed|0",
        "10.1.0.0/16 via 10.0.0.1 tos 8|k.conf:8:28: warning: tos in a route is accepted, not yet effective; the route is not installed|0",
        "10.1.0.0/16 via 10.0.0.1 metricc 8|k.conf:8:28: warning: 'metricc' is not known in a route; did you mean metric? the route is not installed|0",
        "10.1.0.0/16 via 10.0.0.1 metrc 5|k.conf:8:28: warning: 'metrc' is not known in a route; did you mean metric? the route is not installed|0",
        "10.1.0.0/16 via 10.0.0.1 metric x|k.conf:8:35: warning: 'x' in a route must be a number from 0 to 4294967295; correct it; the route is not installed|0",
        "via 10.0.0.1|k.conf:8:3: warning: a route has no destination; write the destination first; the route is not installed|0",
        "10.1.0.0/16 via 10.0.0.1 proto 4|k.conf:8:28: warning: the protocol of a route that is tracked is 18; as in keepalived; delete the word, or add no_track|1",
        "10.5.0.5/24 via 10.0.0.1|k.conf:8:3: warning: '10.5.0.5/24' is an address in a network, no network: the kernel refuses such a route; write 10.5.0.0/24, or /32 for the address alone; the route is not installed|0",
        "10.1.0.0/99 via 10.0.0.1|k.conf:8:3: warning: prefix length of '10.1.0.0/99' must be 0 to 32; correct the number; the route is left out, as in keepalived|0",
      })
  void saysWhatItDoesNotDoAndWhere(String line, String problem, int routes) {
    LoadResult result = EntryTexts.read("virtual_routes", line);
    assertThat(result.problems()).extracting(ConfigProblem::toString).contains(problem);
    assertThat(result.config().orElseThrow().instances().get(0).extras().virtualRoutes())
        .hasSize(routes);
  }

  @Test
  void refusesAWordWithoutItsValue() {
    LoadResult result = EntryTexts.read("virtual_routes", "10.1.0.0/16 via 10.0.0.1 mtu");
    assertThat(result.config()).isEmpty();
    assertThat(result.problems())
        .extracting(ConfigProblem::toString)
        .contains("k.conf:8:28: error: mtu needs a value; write it behind");
  }
}
