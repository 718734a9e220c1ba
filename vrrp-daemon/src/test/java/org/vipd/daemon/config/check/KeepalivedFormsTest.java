package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/**
 * Addresses, routes and rules as keepalived 2.2.7 dumped them for the same lines (2026-11-26), a
 * route that it cannot track for want of an interface aside: 2.4.3 does not mark that.
 */
class KeepalivedFormsTest {

  @TempDir private Path folder;

  private List<String> forms(String list, String field, String... lines) throws IOException {
    String text = CheckedText.instance(100, list + " {\n" + String.join("\n", lines) + "\n}");
    return field(text, field).getAsJsonArray().asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  private JsonElement field(String text, String field) throws IOException {
    Path file = Files.writeString(folder.resolve("k.conf"), text);
    var reading =
        KeepalivedReader.readWithPlaces(file, new SourceOptions("node", Map.of(), 1)).result();
    JsonArray all = new KeepalivedJson(reading.config().orElseThrow(), new FixedHost()).instances();
    return all.get(0).getAsJsonObject().get(field);
  }

  @ParameterizedTest
  @CsvSource({
    "use_vmac, 10.0.0.9, vrrp.7",
    "use_vmac, fe80::9, vrrp6.7",
    "use_vmac vip0, fe80::9, vip0",
    "use_ipvlan, 10.0.0.9, vrrp.7"
  })
  void namesVirtualInterfacesAsKeepalivedDoes(String line, String address, String name)
      throws IOException {
    String text = CheckedText.instance(100, line).replace("10.0.0.100", address);
    assertThat(field(text, "vmac_ifname").getAsString()).isEqualTo(name);
    String prefixed = "global_defs { vmac_prefix foo }\n" + text;
    assertThat(field(prefixed, "vmac_ifname").getAsString())
        .isEqualTo(name.replaceFirst("^vrrp", "foo"));
  }

  @Test
  void writesAddressesAsKeepalivedDoes() throws IOException {
    assertThat(
            forms(
                "virtual_ipaddress_excluded",
                "evips",
                "10.0.0.101/24 brd -",
                "10.0.0.102/24 brd +",
                "10.0.0.103/24 preferred_lft 100",
                "10.0.0.105/24 scope link",
                "fe80::100",
                "2001:db8::1/64",
                "2001:db8::2 preferred_lft 100",
                "2001:db8::4/64 scope link",
                "2001:db8::6/64 preferred_lft 0",
                "2001:db8::7/128 preferred_lft forever"))
        .containsExactly(
            "10.0.0.101/24 brd 10.0.0.0 dev eth0 scope global",
            "10.0.0.102/24 brd 10.0.0.255 dev eth0 scope global",
            "10.0.0.103/24 dev eth0 scope global",
            "10.0.0.105/24 dev eth0 scope link",
            "fe80::100 dev eth0 scope global deprecated",
            "2001:db8::1/64 dev eth0 scope global preferred_lft forever",
            "2001:db8::2 dev eth0 scope global preferred_lft 100",
            "2001:db8::4/64 dev eth0 scope global preferred_lft forever",
            "2001:db8::6/64 dev eth0 scope global deprecated",
            "2001:db8::7 dev eth0 scope global preferred_lft forever");
  }

  @Test
  void writesRoutesAsKeepalivedDoes() throws IOException {
    assertThat(
            forms(
                "virtual_routes",
                "vroutes",
                "src 10.0.0.100 to 10.2.0.0/16 via 10.0.0.1",
                "10.3.0.0/16 via 10.0.0.1 dev eth0 table 100",
                "192.168.112.0/24 via 10.0.0.1 metric 5 dev eth0",
                "default via 10.0.0.1 table 7",
                "blackhole 10.9.0.0/16 table 7 no_track",
                "2001:db8:1::/48 via fe80::1 dev eth0",
                "10.4.0.0/16 dev eth0 scope link",
                "10.7.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.0.3 weight 3"))
        .containsExactly(
            "prepend 10.2.0.0/16 src 10.0.0.100 via inet 10.0.0.1 proto 18",
            "prepend 10.3.0.0/16 via inet 10.0.0.1 dev eth0 table 100 proto 18",
            "prepend 192.168.112.0/24 via inet 10.0.0.1 dev eth0 proto 18 metric 5",
            "prepend 0.0.0.0/0 via inet 10.0.0.1 table 7 proto 18",
            "add blackhole 10.9.0.0/16 table 7 proto 18 no_track",
            "prepend 2001:db8:1::/48 via inet6 fe80::1 dev eth0 proto 18",
            "prepend 10.4.0.0/16 dev eth0 proto 18 scope 253",
            // measured with 2.2.7, which adds no_track to what names no interface before
            "prepend 10.7.0.0/16 proto 18 nexthop via inet 10.0.0.2 weight 2"
                + " nexthop via inet 10.0.0.3 weight 3");
  }

  @Test
  void writesRulesAsKeepalivedDoes() throws IOException {
    assertThat(
            forms(
                "virtual_rules",
                "vrules",
                "from 10.0.0.100 table 100 priority 5",
                "to 10.7.0.0/16 lookup 101",
                "from 10.0.0.0/8 to 10.9.0.0/16 fwmark 3 table 9 dev eth0",
                "from 2001:db8::/32 table 8",
                "from 10.8.0.0/16 blackhole"))
        .containsExactly(
            "from 10.0.0.100 priority 5 tos 0x0 protocol 18 lookup 100",
            "from all to 10.7.0.0/16 priority 16384 tos 0x0 protocol 18 lookup 101",
            "from 10.0.0.0/8 to 10.9.0.0/16 priority 16383 tos 0x0 fwmark 0x3 iif eth0 protocol 18"
                + " lookup 9",
            "from 2001:db8::/32 priority 16384 tos 0x0 protocol 18 lookup 8",
            "from 10.8.0.0/16 priority 16382 tos 0x0 protocol 18 type blackhole");
  }
}
