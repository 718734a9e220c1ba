package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the messages of {@code vipd check} point to when a word stands in several places. */
class CheckPlacesTest extends CheckScene {

  @Test
  void findsNotifyScriptsUnderTheNotifyOfTheirVip() throws IOException {
    check(
        file(
            "a.yaml",
            """
            vips:
              one:
                start: master
                notify: {master: /none/one, any: /none/all}
                interface: eth0
                vrid: 7
                addresses: [10.0.0.101/24]
              two:
                start: master
                interface: eth0
                vrid: 8
                addresses: [10.0.0.102/24, "2001:db8::9/64"]
                notify:
                  backup: /none/two
            """));
    assertThat(placesOf("[V007]"))
        .containsExactly("a.yaml:4:14", "a.yaml:4:33", "a.yaml:14:7", "a.yaml:14:7");
  }

  @Test
  void findsScriptsOfTheDaemonUnderScripts() throws IOException {
    check(
        file(
            "a.yaml",
            """
            startup: {delay: 1s}
            scripts:
              startup: /none/start
            vips:
              one: {interface: eth0, vrid: 7, addresses: [10.0.0.101/24]}
            """));
    assertThat(placesOf("[V007]")).containsExactly("a.yaml:3:3");
  }

  /** The sign @ stands where the message is to point to. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "peers: [127.0.0.1], addresses: [@127.0.0.1/24]| it cannot be the address of one host",
        "peers: [@127.0.0.1], addresses: [127.0.0.1/24]| peer 127.0.0.1 of one",
        "checks: [eth1], addresses: [10.0.0.9/24], track: [{interface: @eth1}]| interface eth1",
        "checks: [@eth1], preempt: false, addresses: [10.0.0.9/24], peers: [10.0.0.3]| weight -2 of",
        "routes: [{words: '::1'}], addresses: ['fe80::1', @'0:0::1/64']| it cannot be the address of",
      })
  void findsAWordInItsList(String keys, String text) throws IOException {
    String marked = "vips: {one: {interface: eth0, vrid: 7, " + keys + "}}";
    String checks = "\nchecks: {eth1: {command: /bin/true, weight: -2}}\n";
    check(file("a.yaml", marked.replace("@", "") + checks));
    assertThat(placesOf(text)).contains("a.yaml:1:" + (marked.indexOf('@') + 1));
  }

  @Test
  void findsAWordInItsListOfAKeepalivedConf() throws IOException {
    String lists =
        """
        interface eth0
        unicast_peer {
          127.0.0.1
        }
        virtual_ipaddress {
          127.0.0.1
        }
        track_script {
          eth1
        }
        track_interface {
          eth1
        }
        """;
    String script = "vrrp_script eth1 {\n script /bin/true\n}\n";
    check(file("a.conf", script + GOOD.replace("interface eth0", lists)));
    assertThat(placesOf("it cannot be the address of one host")).containsExactly("a.conf:10:3");
    assertThat(placesOf("peer 127.0.0.1 of")).containsExactly("a.conf:7:3");
    assertThat(placesOf("interface eth1")).containsExactly("a.conf:16:3");
  }

  private List<String> placesOf(String text) {
    return out.toString()
        .lines()
        .filter(line -> line.contains(text))
        .map(line -> line.substring(folder.toString().length() + 1, line.indexOf(": ")))
        .toList();
  }
}
