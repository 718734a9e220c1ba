package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;

/** What cannot be used is told with its place, what is wrong, and what to write. */
class YamlMistakesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vips: {\"a\\nINSTANCE\": {vrid: 1}} | 1:8: error: a name under vips has characters that cannot be seen: a\\x0aINSTANCE; names stand in logs, and in lines of pipes that programs read",
        "vips: {a: {interval: .5s}} | 1:22: error: interval must be a time from 10ms to 255s with its unit, found '.5s'; write 0.5s",
        "vips: {a: {interval: 1m30s}} | 1:22: error: interval must be a time from 10ms to 255s with its unit, found '1m30s'; write 90s",
        "nodes: [10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5, 10.0.0.6, 10.0.0.7, 10.0.0.8, 10.0.0.9, 10.0.0.10, 10.0.0.11, 10.0.0.12, 10.0.0.13, 10.0.0.14, 10.0.0.15, 10.0.0.16, 10.0.0.17, 10.0.0.18, 10.0.0.19, 10.0.0.20, 10.0.0.21, 10.0.0.22] | 1:1: error: nodes has 21 entries, and 20 are the most; list fewer: the priorities that follow from the order end there",
        "vips: {a: {rules: [{words: from 10.0.0.0/8 table 5 priority 5}], vrid: 1, addresses: [10.0.0.9]}} | 1:28: error: 'table' does not stand in words; write the key table beside words: table: NAME or number",
        "vips: {a: {routes: [{words: default via 10.0.0.254 weight 3}], vrid: 1, addresses: [10.0.0.9]}} | 1:29: error: 'weight' is known behind nexthop only; delete it and its number",
        "vips: {a: {routes: [{words: default via 10.0.0.254, family: ipv6}], vrid: 1, addresses: [10.0.0.9]}} | 1:29: error: an IPv6 route cannot lead over 10.0.0.254; write family: ipv4, or an IPv6 address behind via",
        "vips: {a: {addresses: [10.0.0.5/024]}} | 1:24: error: each of addresses must be an IP address, perhaps with its prefix length, found '10.0.0.5/024'",
        "checks: {c: {route: 10.0.0.0/33}} | 1:21: error: route: expected default, or an address with its prefix length, found '10.0.0.0/33'; see docs/built-in-checks.md",
        "checks: {c: {exec: /bin/true}} | 1:14: error: unknown key 'exec' in checks.c; did you mean command?",
        "fifos: [{path: /run/f, command: /bin/cat}] | 1:24: error: unknown key 'command' in each of fifos; did you mean reader?",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], track: [{interface: eth1, weight: 999}]}} | 1:78: error: weight must be a whole number from -253 to 253, or from -254 to 254 for a file or process, found '999'",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], track: [{interface: eth1, weight: -254}]}} | 1:78: error: weight of interface must be a whole number from -253 to 253, found '-254'; write -253",
        "vip: {} | 1:1: error: unknown key 'vip' in the file; did you mean vips?",
        "vips: {a: {vird: 1}} | 1:12: error: unknown key 'vird' in vips.a; did you mean vrid?",
        "vips: {a: {vrid: 300}} | 1:18: error: vrid must be a whole number from 1 to 255, found '300'",
        "vips: {a: {vrid: '7'}} | 1:18: error: vrid must be a whole number from 1 to 255, found '7'; leave the quotes out",
        "vips: {a: {interval: 1}} | 1:22: error: interval needs a unit, found '1'; write 1s, or 1ms",
        "vips: {a: {interval: 1min}} | 1:22: error: interval must be a time from 10ms to 255s with its unit, found '1min'; write 1m",
        "vips: {a: {preempt: yes}} | 1:21: error: preempt must be true or false, found 'yes'; write true",
        "vips: {a: {start: MASTER}} | 1:19: error: start must be one of backup, master, found 'MASTER'; write master",
        "vips: {a: {addresses: 10.0.0.1}} | 1:23: error: addresses must be a list; each is an IP address, perhaps with its prefix length, or keys such as address, found '10.0.0.1'; write addresses: [10.0.0.1]",
        "vips: {a: {addresses: [10.0.0.300]}} | 1:24: error: each of addresses must be an IP address, perhaps with its prefix length, found '10.0.0.300'",
        "vips: {a: {vrid: 1, vrid: 2}} | 1:21: error: vips.a has vrid twice, first in line 1; delete one",
        "vips: {a: {vrid: 1}} | 1:11: error: vips.a has no addresses; add addresses: a list; each is an IP address, perhaps with its prefix length, or keys such as address",
        "vips: {a: , b: } | 1:10: error: vips.a must be keys such as addresses, found nothing",
        "router-id: no | 1:12: error: router-id must be a text, found 'no'",
        "vips: &x {} | 1:7: error: not valid YAML: anchors (&name) are not allowed; write the value out",
        "vips: *x | 1:7: error: not valid YAML: aliases (*name) are not allowed; write the value out",
        "vips: {a: !!python/object {}} | 1:11: error: not valid YAML: Global tag is not allowed: tag:yaml.org,2002:python/object; delete it",
        "<<: {} | 1:1: error: merge keys (<<) are not allowed; write the keys out",
        "[a, b] | 1:1: error: the top of the file must be keys such as vips:",
        "vips: {a: {checks: [chk], vrid: 1, addresses: [10.0.0.9]}} | 1:21: error: check 'chk' is not defined; define it under checks, or check the name",
        "vips: {a: {vrid: 1, peers: [10.0.0.3], hop-limit: {send: 1, lowest: 254}, addresses: [10.0.0.9]}} | 1:69: warning: packets leave with hop limit 1 and are accepted from 254 on: with this file on every node none hears another; write send: 255, or a lowest that is not above send",
        "vips: {a: {options: {down-timer: 3}}} | 1:22: error: unknown key 'down-timer' in options; did you mean down-timer-adverts?",
        "vips: {a: {vrid: 1, version: 2, interval: 500ms, addresses: [10.0.0.9]}} | 1:43: error: interval 500ms is not possible in VRRPv2; write whole seconds, or version: 3 on every node",
        "vips: {a: {vrid: 1, addresses: ['fe80::1'], version: 2}} | 1:54: error: version 2 does not exist for IPv6; write version: 3",
        "vips: {a: {vrid: 1, addresses: [{address: 'fe80::1', scope: link}]}} | 1:54: error: IPv6 addresses have no scope but the one of their prefix; delete it",
        "vips: {a: {vrid: ７, addresses: [10.0.0.9]}} | 1:18: error: vrid must be a whole number from 1 to 255, found '７'",
        "vips: {a: {vrid: 1, addresses: [10.0.0.999]}} | 1:33: error: each of addresses must be an IP address, perhaps with its prefix length, found '10.0.0.999'",
        "vips: {a: {vrid: 1, strict: true, version: 2, authentication: {type: password, secret: x}, addresses: [10.0.0.9]}} | 1:70: error: type password does not exist in strict mode; use hmac, or strict: false on every node",
        "vips: {a: {vrid: 1, version: 2, authentication: {type: password, secret: ''}, addresses: [10.0.0.9]}} | 1:74: error: secret is empty; write it, or delete authentication",
        "vips: {a: {vrid: 1, authentication: hunter2, addresses: [10.0.0.9]}} | 1:37: error: authentication must be keys such as type, found something else; known: type, secret, keys, active-key, replay, window, mode",
        "vips: {a: {nopreempt: true}} | 1:12: error: unknown key 'nopreempt' in vips.a; write preempt: false",
        "vips: {a: {vrid: 1, notify: {master: @/x}}} | 1:38: error: not valid YAML: a value cannot begin with '@'; put the value in quotes",
        "mail: {server: 'smtp:25', recipients: [a@x.org]} | 1:16: error: server must be a host and perhaps a port 1..65535, found 'smtp:25'; write: server: HOST PORT",
        "fifos: [{path: /run/f}, {path: /run/f}] | 1:26: error: two fifos have this path; delete one",
        "vips: {a: {vrid: 1, authentication: {type: hmac, secret: x}, addresses: [10.0.0.9]}} | 1:50: error: type hmac has no secret of its own; write it in one of keys, or another type",
        "vips: {a: {interval: 1 s}} | 1:22: error: interval must be a time from 10ms to 255s with its unit, found '1 s'; write 1s",
        "vips: {a: {interval: 500 msec}} | 1:22: error: interval must be a time from 10ms to 255s with its unit, found '500 msec'; write 500ms",
        "vips: {a: {interval: 1 hour}} | 1:22: error: interval must be a time from 10ms to 255s with its unit, found '1 hour'",
        "vips: {a: {preempt: Off}} | 1:21: error: preempt must be true or false, found 'Off'; write false",
        "vips: {a: {authentication: {type: PASS}}} | 1:35: error: type must be one of password, header, hmac, found 'PASS'; write password",
        "vips: {a: {authentication: {type: hmacs}}} | 1:35: error: type must be one of password, header, hmac, found 'hmacs'; write hmac",
        "vips: {a: {notify: /x.sh}} | 1:20: error: notify must be keys such as master, found '/x.sh'; write notify: {any: /x.sh}, or a key for each occasion",
        "include: x.yaml | 1:10: error: include must be a list; each is a text, found 'x.yaml'; write include: [x.yaml]",
        "vips: {a: {peers: 'fe80::1'}} | 1:19: error: peers must be a list; each is an IP address, found 'fe80::1'; write peers: ['fe80::1']",
        "webhooks: http://SECRET | 1:11: error: webhooks must be a list; each is a text, or {file: PATH}, or {environment: NAME}, found a text; write it in brackets",
        "vips: [{name: a}] | 1:7: error: vips must be names with keys under each, found a list; write each as its name, a colon and its keys, no -",
        "vips: {a: {virtual_router_id: 7}} | 1:12: error: unknown key 'virtual_router_id' in vips.a; did you mean vrid?",
        "nodes: [lb1] | 1:9: error: each of nodes must be an IP address, found 'lb1'; write its address: names are not looked up",
        "nodes: [{name: a, address: 10.0.0.2}] | 1:19: error: unknown key 'address' in each of nodes; did you mean addresses?",
        "vips: {a: {addresses: [10.0.0.9 } | 1:33: error: not valid YAML: while parsing a flow sequence: expected ',' or ']', but got }; close the bracket that is open above",
        "vips: {a: {options: {garp_master_refresh: 60}}} | 1:22: error: unknown key 'garp_master_refresh' in options; it is the key refresh of announce",
        "vips: {a: {transport: unicast}} | 1:23: error: transport must be one of auto, multicast, found 'unicast'; write auto",
        "groups: {g: [a]} | 1:13: error: groups.g must be keys such as members, found a list; known: members, checks, track, notify, options",
        "vrrp_instance: {} | 1:1: error: unknown key 'vrrp_instance' in the file; did you mean vips?",
        "mail: {recipients: [a, {b: c}]} | 1:24: error: each of recipients must be a text, found keys"
      })
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThat(read(text, FixedSurroundings.FIRST.options()).problems())
        .extracting(ConfigProblem::toString)
        .contains("vipd.yaml:" + message.strip());
  }

  @Test
  void namesAllAnchorsAndWhatElseIsWrong() {
    String text =
        """
        vips:
          a: &one
            vird: 7
            addresses: &two [10.0.0.300]
        """;
    assertThat(read(text, FixedSurroundings.FIRST.options()).problems())
        .extracting(ConfigProblem::toString)
        .contains(
            "vipd.yaml:2:6: error: not valid YAML: anchors (&name) are not allowed; write the value"
                + " out",
            "vipd.yaml:3:5: error: unknown key 'vird' in vips.a; did you mean vrid?",
            "vipd.yaml:4:16: error: not valid YAML: anchors (&name) are not allowed; write the"
                + " value out",
            "vipd.yaml:4:22: error: each of addresses must be an IP address, perhaps with its prefix"
                + " length, found '10.0.0.300'");
  }

  /** What stands in the place of an alias is not known, so nothing is said of values. */
  @Test
  void namesAllAliasesAndNothingElse() {
    String text =
        """
        checks:
          c: &base {command: /bin/true, intervl: 1s}
        vips:
          a: *base
          b: {vird: 7}
          c: {vrid: 7, checks: *other}
        """;
    assertThat(read(text, FixedSurroundings.FIRST.options()).problems())
        .extracting(it -> it.place().line() + ":" + it.place().column())
        .containsExactly("2:6", "4:6", "6:24");
    assertThat(read("a: &x 1\nb: [\n", FixedSurroundings.FIRST.options()).problems())
        .extracting(it -> it.place().line())
        .contains(1)
        .hasSize(2);
  }

  @Test
  void proposesToMakeOneDocumentOfTwo() {
    assertThat(read("vips: {}\n---\nvips: {}\n", FixedSurroundings.FIRST.options()).problems())
        .extracting(ConfigProblem::hint)
        .contains("delete the ---: a file is one document");
  }

  /** What is no word of a rule is said once, by the key that it has. */
  @Test
  void neverProposesTheWordThatIsThere() {
    String rule = "vips: {a: {rules: [{words: from 10.0.0.0/8 table 5 priority 5}]}}";
    assertThat(read(rule, FixedSurroundings.FIRST.options()).problems())
        .extracting(ConfigProblem::toString)
        .noneMatch(it -> it.contains("did you mean table"));
  }

  @Test
  void saysWhyANameCannotBeReferredTo() {
    String tail = "\nvips: {a: %s, b: {vrid: 9, addresses: [10.0.0.9]}}\n";
    String group = "groups: {g: {members: [a, b]}}" + tail;
    assertThat(messages(group.formatted("{vrid: 0, addresses: [10.0.0.8]}")))
        .singleElement()
        .asString()
        .contains(": vrid must be a whole number from 1 to 255, found '0'");
    assertThat(messages(group.formatted("{vrid: 1, addresses: [10.0.0.8, 'fe80::1']}")))
        .contains(
            "vipd.yaml:1:24: error: vip 'a' has two families and is a group of its own, which no"
                + " other can hold; make two vips of it, one for each family, and list both");
    String files = "files: {chk2: {path: /x}}" + tail;
    assertThat(messages(files.formatted("{vrid: 1, addresses: [10.0.0.8], track: [{file: chk}]}")))
        .contains("vipd.yaml:2:59: error: file 'chk' is not defined; did you mean chk2?");
    String checks = "checks: {chk: {command: ''}}" + tail;
    assertThat(messages(checks.formatted("{vrid: 1, addresses: [10.0.0.8], checks: [chk]}")))
        .containsExactly("vipd.yaml:1:25: error: command is empty; write the command");
  }

  private static List<String> messages(String text) {
    return read(text, FixedSurroundings.FIRST.options()).problems().stream()
        .map(ConfigProblem::toString)
        .toList();
  }

  /** What a wrong key leads to is not said as well. */
  @Test
  void saysNothingMoreOfAKeyThatIsMisspelt() {
    assertThat(messages("vips: {a: {virtual_router_id: 7, addresses: [10.0.0.9]}}"))
        .containsExactly(
            "vipd.yaml:1:12: error: unknown key 'virtual_router_id' in vips.a; did you mean vrid?");
    assertThat(messages("checks: {c: {script: /bin/true}}\nvips: {}\n"))
        .containsExactly(
            "vipd.yaml:1:14: error: unknown key 'script' in checks.c; did you mean command?");
    assertThat(messages("nodes: [{name: a, adresses: [10.0.0.2]}]\nvips: {}\n"))
        .containsExactly(
            "vipd.yaml:1:19: error: unknown key 'adresses' in each of nodes; did you mean"
                + " addresses?");
  }

  @Test
  void reportsEveryMistakeAtOnce() {
    String text =
        """
        vips:
          a:
            vrid: 0
            intervall: 1s
            addresses: [10.0.0.9]
          b: 5
        """;
    assertThat(read(text, FixedSurroundings.FIRST.options()).problems())
        .extracting(it -> it.place().line())
        .containsExactly(3, 4, 6);
  }

  @Test
  void refusesANumberThatMayBeOctal() {
    String text = "vips:\n  a:\n    vrid: 010\n    addresses: [10.0.0.9]\n";
    assertThat(read(text, FixedSurroundings.FIRST.options()).problems())
        .filteredOn(ConfigProblem::isError)
        .extracting(Object::toString)
        .containsExactly(
            "vipd.yaml:3:11: error: vrid has a leading zero, which YAML takes for octal: '010';"
                + " write it without the zero: 10");
  }

  @Test
  void saysOnceThatAnOrderNamesANodeTwice() {
    String text =
        FixedSurroundings.CLUSTER.replace("[10.0.0.100/24]", "[10.0.0.100/24, '2001:db8::100/64']")
            + "    order: [lb2, lb2]\n";
    assertThat(read(text, FixedSurroundings.FIRST.options()).problems())
        .filteredOn(ConfigProblem::isError)
        .extracting(Object::toString)
        .containsExactly("vipd.yaml:10:18: error: order names lb2 twice; delete one");
  }

  @Test
  void namesThePlaceOfATab() {
    assertThat(read("vips:\n\ta: 1\n", FixedSurroundings.FIRST.options()).problems())
        .singleElement()
        .asString()
        .startsWith("vipd.yaml:2:1: error: not valid YAML: ")
        .endsWith("write blanks instead");
  }

  private static LoadResult read(String text, YamlOptions options) {
    return YamlReader.parse(Path.of("vipd.yaml"), text, options).result();
  }

  @Test
  void refusesAWindowOfHopLimitsThatNothingPasses() {
    String first =
        FixedSurroundings.CLUSTER
            .lines()
            .filter(it -> it.strip().startsWith("vrid:"))
            .findFirst()
            .get();
    String limits = first + "\n    hop-limit: {lowest: 254, highest: 10}";
    assertThat(
            read(
                    FixedSurroundings.CLUSTER.replace(first, limits),
                    FixedSurroundings.FIRST.options())
                .problems())
        .anyMatch(it -> it.isError() && it.text().contains("lowest 254 is above highest 10"));
  }
}
