package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/** Which host or node {@code vipd check} reads a file for, and what it compares. */
class CheckClusterTest extends CheckScene {

  @Test
  void comparesNothingWithAFileThatHasErrors() throws IOException {
    String bad = file("b.conf", GOOD.replace("router_id 7", "router_id 7\n priority 300"));
    assertThat(check(file("a.conf", GOOD), bad)).isEqualTo(2);
    assertThat(out.toString()).doesNotContain("[V004]");
  }

  @Test
  void comparesSeveralFiles() throws IOException {
    check(file("a.conf", GOOD), file("b.conf", GOOD));
    assertThat(out.toString()).contains("b.conf:1:1: warning: priority of VI_1 is 100 here and in");
  }

  @Test
  void comparesTheNodesThatOneFileLists() throws IOException {
    String cluster =
        """
        nodes:
          - {name: lb1, addresses: [198.51.100.1], priority: %s}
          - {name: lb2, addresses: [198.51.100.2], priority: 100}
        vips:
          api: {interface: eth0, vrid: 7, addresses: [192.0.2.100/24], checks: [up]}
        checks:
          up: {command: /bin/true, weight: -20}
        """;
    check(file("good.yaml", cluster.formatted(110)));
    assertThat(out.toString()).doesNotContain("V001", "V004");
    check(file("equal.yaml", cluster.formatted(100)));
    assertThat(out.toString())
        .contains(
            "equal.yaml:5:3: warning: priority of api is 100 in",
            "equal.yaml as lb2 and in",
            "equal.yaml as lb1: the larger IP address decides [V004]");
    check(file("far.yaml", cluster.formatted(150)));
    assertThat(out.toString()).contains("far.yaml:5:", "[V001]");
    check("--node", "lb1", file("one.yaml", cluster.formatted(100)));
    assertThat(out.toString()).doesNotContain("one.yaml:5:3: warning: priority");
  }

  @Test
  void namesWhatOneNodeHasAndTheOtherHasNot() throws IOException {
    String more =
        GOOD.replace("{ 10.0.0.100/24 }", "{\n10.0.0.100/24\n10.0.0.9/24\n10.0.0.8/24\n}");
    check(file("a.conf", GOOD), file("b.conf", more));
    assertThat(out.toString())
        .contains("addresses of VI_1 differ: only here 10.0.0.9, 10.0.0.8 [V024]");
    check(file("a.conf", more), file("b.conf", GOOD));
    assertThat(out.toString())
        .contains(
            "addresses of VI_1 differ: only in " + folder + "/a.conf 10.0.0.9, 10.0.0.8 [V024]");
  }

  @Test
  void saysOnceThatAnOrderIsWrong() throws IOException {
    check(
        "--elsewhere",
        file(
            "a.yaml",
            """
            nodes: [{name: a, addresses: [198.51.100.1]}, {name: b, addresses: [198.51.100.2]}]
            vips:
              api: {interface: eth0, vrid: 7, addresses: [192.0.2.9], order: [c]}
            """));
    assertThat(out.toString().lines().filter(it -> it.contains("order names")).toList()).hasSize(1);
    assertThat(out.toString()).contains("hint: known: a, b");
  }

  @Test
  void namesTheNodeThatListsItself() throws IOException {
    String file =
        file(
            "a.yaml",
            """
            nodes: [{name: a, addresses: [198.51.100.1]}, {name: b, addresses: [198.51.100.2]}]
            vips:
              api: {interface: eth0, vrid: 7, addresses: [192.0.2.9], peers: [198.51.100.1]}
            """);
    check("--elsewhere", file);
    assertThat(out.toString())
        .contains("api lists its own address 198.51.100.1 as a peer in " + file + " as a [V015]");
  }

  private static final String CLUSTER =
      """
      nodes: [{name: a, addresses: [198.51.100.1]}, {name: b, addresses: [198.51.100.2]}]
      vips:
        api: {interface: eth0, vrid: 7, addresses: [192.0.2.9], announce: {refresh: 60s}}
      """;

  @Test
  void takesACopyOfAFileForAllNodesForThatFile() throws IOException {
    String one = file("a.yaml", CLUSTER);
    String copy = file("b.yaml", "# of the other node\n" + CLUSTER);
    assertThat(check("--strict", one, copy)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            copy + ": note: says the same of its nodes as " + one,
            "    hint: one of the two files is enough: each describes all nodes");
    out.getBuffer().setLength(0);
    assertThat(check("--strict", "--node", "a", one, copy)).isZero();
    assertThat(out.toString()).contains("says the same of its nodes").doesNotContain("[V");
  }

  @Test
  void saysWhereTwoFilesForAllNodesDiffer() throws IOException {
    String one = file("a.yaml", CLUSTER);
    String other = file("b.yaml", CLUSTER.replace("vrid: 7", "vrid: 8"));
    assertThat(check("--strict", one, other)).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            other + ":3:1: warning: node a is described in " + one + ", too, and differently",
            "hint: put the same file on all nodes, and check that one alone")
        .doesNotContain("[V");
    out.getBuffer().setLength(0);
    check(
        one,
        file("c.yaml", CLUSTER.replace("198.51.100", "203.0.113").replace("name: ", "name: c")));
    assertThat(out.toString()).doesNotContain("described").contains("[V025]");
  }

  @Test
  void saysOfANodeThatIsListedTwiceOnlyThat() throws IOException {
    check("--elsewhere", file("a.yaml", CLUSTER.replace("198.51.100.2", "198.51.100.1")));
    assertThat(out.toString())
        .contains("error: nodes has 198.51.100.1 twice")
        .doesNotContain("[V015]");
  }

  @Test
  void readsAFileOnceThatIsGivenTwice() throws IOException {
    String file = file("a.conf", GOOD);
    check(file, folder + "/./a.conf");
    assertThat(out.toString()).contains("a.conf: note: is given twice and was read once");
    assertThat(out.toString()).doesNotContain("[V004]");
  }

  @Test
  void saysOnceThatAllNodesHaveASourceOfTheirOwn() throws IOException {
    String source = CLUSTER.replace("vrid: 7", "vrid: 7, source: 198.51.100.%s");
    check("--elsewhere", file("a.yaml", source.formatted(2)));
    assertThat(out.toString().lines().filter(it -> it.contains("[V")))
        .singleElement()
        .asString()
        .endsWith(
            "a.yaml:3:35: warning: api sends from 198.51.100.2 on each node, which is the address"
                + " of one [V015]");
    out.getBuffer().setLength(0);
    check("--elsewhere", file("b.yaml", source.formatted(9)));
    assertThat(out.toString().lines().filter(it -> it.contains("[V")))
        .singleElement()
        .asString()
        .endsWith(
            "b.yaml:3:35: warning: api sends from 198.51.100.9 on each node: two nodes cannot have"
                + " one address [V031]");
  }

  @Test
  void namesANodeWithAVirtualAddress() throws IOException {
    check("--elsewhere", file("a.yaml", CLUSTER.replace("198.51.100.2]", "192.0.2.9]")));
    assertThat(out.toString())
        .contains(
            "a.yaml:1:69: warning: a node has the address 192.0.2.9, which is a virtual one of api"
                + " [V015]");
  }

  @Test
  void comparesIntervalsInTheUnitsOfTheirFiles() throws IOException {
    String slow = GOOD.replace("interface eth0", "interface eth0\nadvert_int 2");
    String odd = GOOD.replace("interface eth0", "interface eth0\nversion 3\nadvert_int 0.25");
    check(file("a.conf", GOOD), file("b.conf", slow), file("c.conf", odd));
    assertThat(out.toString())
        .contains("advert_int of VI_1 is 2 s here and 1 s in", "VI_1 is 250 ms here and 2 s in");
  }

  @Test
  void looksAtThisHostOnlyForAFileThatIsGivenAlone() throws IOException {
    String strange =
        "vrrp_script chk {\nscript /opt/none/check\n}\n"
            + GOOD.replace("interface eth0", "interface eth7\ntrack_script {\nchk\n}");
    check(file("a.conf", strange));
    assertThat(out.toString())
        .contains(
            "a.conf:5:3: warning: interface eth7 of VI_1 does not exist on this host: VI_1 waits in"
                + " FAULT until it does [V032]",
            "/opt/none/check does not exist [V007]");
    out.getBuffer().setLength(0);
    check(file("a.conf", strange), file("b.conf", strange));
    assertThat(out.toString()).doesNotContain("V032", "V007").isNotEmpty();
  }

  @Test
  void doesNotTakeAnotherNodeForThisHost() throws IOException {
    String cluster =
        """
        nodes: [{name: lb1, addresses: [198.51.100.1]}, {name: lb2, addresses: [198.51.100.2]}]
        vips:
          api: {interface: eth7, vrid: 7, addresses: [192.0.2.100/24], checks: [up]}
        checks:
          up: {command: /opt/none/check}
        """;
    check(file("a.yaml", cluster));
    check("--node", "lb2", file("a.yaml", cluster));
    assertThat(out.toString()).doesNotContain("V032", "V007");
    String here = cluster.replace("lb1", SourceOptions.ofHost().configId());
    check(file("a.yaml", here));
    assertThat(out.toString().lines().filter(it -> it.contains("[V032]"))).hasSize(1);
  }

  @Test
  void saysThatNoNodeIsChosenInAKeepalivedConf() throws IOException {
    String text =
        "vrrp_instance A {\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {\n192.0.2.9\n}\n}\n";
    check("--node", "lb2", file("a.conf", text));
    assertThat(out.toString())
        .contains(
            "a.conf: note: is a keepalived.conf, which lists no nodes: --node has no effect\n");
    out.getBuffer().setLength(0);
    check(file("a.conf", text));
    assertThat(out.toString()).doesNotContain("--node");
  }

  @Test
  void saysThatThisHostIsNoneOfTheNodes() throws IOException {
    String cluster =
        """
        checks:
          idle: {command: /bin/true}
        nodes: [{name: lb1, addresses: [198.51.100.1]}, {name: lb2, addresses: [198.51.100.2]}]
        vips:
          api: {interface: eth0, vrid: 7, addresses: [192.0.2.100/24]}
        """;
    String name = SourceOptions.ofHost().configId();
    assertThat(check(file("a.yaml", cluster))).isEqualTo(2);
    assertThat(out.toString())
        .contains(
            "a.yaml:3:1: error: this host ("
                + name
                + ") is none of the nodes: it has none of their addresses\n",
            "    hint: add it, or give its entry the name "
                + name
                + "; to check a file for other hosts, give --elsewhere\n",
            "[V034]");
    assertThat(check(file("b.yaml", cluster.replace("lb2", name)))).isZero();
    out.getBuffer().setLength(0);
    assertThat(check("--elsewhere", file("a.yaml", cluster))).isZero();
    assertThat(check("--node", "lb2", file("a.yaml", cluster))).isZero();
    assertThat(check(file("a.yaml", cluster), file("c.yaml", cluster))).isZero();
    assertThat(check("--node", "lb3", file("a.yaml", cluster))).isEqualTo(2);
    assertThat(out.toString())
        .contains("[V034]", "no entry of nodes is called lb3")
        .doesNotContain("this host");
  }

  @Test
  void asksNothingOfThisHostForAFileOfAnother() throws IOException {
    String strange = GOOD.replace("interface eth0", "interface eth7\nnotify /opt/none/tell");
    check("--elsewhere", file("a.conf", strange));
    assertThat(out.toString()).isEmpty();
    check(file("a.conf", strange));
    assertThat(out.toString()).contains("[V032]", "[V007]");
  }

  @Test
  void doesNotCallARouterLonelyWhileAFileCannotBeUsed() throws IOException {
    String other =
        GOOD.replace("VI_1", "VI_2").replace("_id 7", "_id 8").replace("100/24", "101/24");
    String bad = GOOD.replace("_id 7", "_id 700");
    check(file("a.conf", GOOD), file("b.conf", other), file("c.conf", bad));
    assertThat(out.toString()).doesNotContain("V030");
    check(file("a.conf", GOOD), file("b.conf", other));
    assertThat(out.toString()).contains("a.conf:1:1: warning: VI_1 (virtual_router_id 7) is on no");
  }

  @Test
  void saysOnceWhatIsWrongWithAFileThatTwoInclude() throws IOException {
    Files.createDirectory(folder.resolve("lb1"));
    Files.createDirectory(folder.resolve("lb2"));
    file("common.conf", "global_defs {\n  rooter_id x\n}\n");
    String own = "include ../common.conf\n" + GOOD;
    String first = file("lb1/k.conf", own.replace("eth0", "eth0\npriority 120"));
    String second = file("lb2/k.conf", own.replace("eth0", "eth0\npriority 90"));
    check(first, second);
    assertThat(out.toString()).containsOnlyOnce("'rooter_id'");
  }
}
