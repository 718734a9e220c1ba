package org.vipd.daemon.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.check.FixedHost;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import picocli.CommandLine;

/** What {@code vipd check} prints and how it ends. */
class CheckCommandTest {

  private static final String GOOD =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 7
        garp_master_refresh 60
        virtual_ipaddress { 10.0.0.100/24 }
      }
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysNothingAboutAGoodFile() throws IOException {
    assertThat(check(file("a.conf", GOOD))).isZero();
    assertThat(check("--strict", file("a.conf", GOOD))).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void showsTheLineWithACaretAndAHint() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\n\tprioritty 5"));
    assertThat(check(file)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            file + ":3:2: warning: unknown keyword 'prioritty' in vrrp_instance is ignored",
            "     prioritty 5",
            "     ^",
            "    hint: did you mean priority?");
  }

  @Test
  void endsWithOneForWarningsOnlyWhenStrict() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\nbogus"));
    assertThat(check(file)).isZero();
    assertThat(check("--strict", file)).isEqualTo(1);
    String noted = file("b.conf", GOOD.replace("interface eth0", "interface eth0\ndebug 1"));
    assertThat(check("--strict", noted)).isZero();
  }

  @Test
  void endsWithTwoWhenOneFileCannotBeUsed() throws IOException {
    String bad = file("a.conf", GOOD.replace("router_id 7", "router_id 700"));
    assertThat(check(bad)).isEqualTo(2);
    assertThat(check(file("b.conf", GOOD), bad)).isEqualTo(2);
    assertThat(check(folder.resolve("none.conf").toString())).isEqualTo(2);
    assertThat(out.toString()).contains("a.conf:3:21: error: virtual_router_id must be a whole");
  }

  @Test
  void appliesTheRulesToWhatIsUnderstood() throws IOException {
    String two = GOOD.replace("router_id 7", "router_id 51") + GOOD.replace("VI_1", "VI_2");
    String bad = file("a.conf", two.replace("router_id 7", "router_id 7\n priority 300"));
    assertThat(check(bad)).isEqualTo(2);
    assertThat(out.toString())
        .contains("a.conf:10:11: error: priority must be a whole number")
        .contains("a.conf:3:3: note: virtual_router_id 51 is that of every sample")
        .contains("[V010]");
    String yaml =
        file("a.yaml", "vips:\n  a:\n    vrid: 51\n    bogus: 1\n    addresses: [10.0.0.9]\n");
    assertThat(check(yaml)).isEqualTo(2);
    assertThat(out.toString()).contains("a.yaml:3:5: note: vrid 51 is that of every sample");
  }

  @Test
  void appliesNoRulesToWhatCannotBeUnderstood() throws IOException {
    String text = GOOD.replace("router_id 7", "router_id 51");
    String open = file("a.conf", text.substring(0, text.lastIndexOf('}')));
    assertThat(check(open)).isEqualTo(2);
    assertThat(check(file("b.conf", text + "includem none.conf\n"))).isEqualTo(2);
    assertThat(check(file("a.yaml", "vips:\n  a: {vrid: 51\n"))).isEqualTo(2);
    assertThat(out.toString()).contains("is not closed").doesNotContain("[V");
  }

  @Test
  void doesNotCallACheckUnusedWhenItsInstanceCouldNotBeRead() throws IOException {
    String script = "vrrp_script chk {\n script /bin/true\n}\n";
    String tracking = "router_id 700\n track_script { chk }";
    assertThat(check(file("a.conf", script + GOOD.replace("router_id 7", tracking)))).isEqualTo(2);
    assertThat(out.toString()).contains("virtual_router_id must be").doesNotContain("[V034]");
    assertThat(check(file("b.conf", script + GOOD))).isZero();
    assertThat(out.toString()).contains("[V034]");
  }

  @Test
  void comparesNothingWithAFileThatHasErrors() throws IOException {
    String bad = file("b.conf", GOOD.replace("router_id 7", "router_id 7\n priority 300"));
    assertThat(check(file("a.conf", GOOD), bad)).isEqualTo(2);
    assertThat(out.toString()).doesNotContain("[V004]");
  }

  @Test
  void saysOfOneFileWhatTheDaemonWouldSay() throws IOException {
    String text = "vips:\n  a:\n    vrid: 7\n    addresses: ['2001:db8:9:9::9/64']\n";
    Path file = Path.of(file("a.yaml", text));
    List<String> errors =
        ConfigurationFile.read(file, ReadOptions.ofHost()).result().problems().stream()
            .filter(ConfigProblem::isError)
            .map(it -> it.place() + ": error: " + it.text())
            .toList();
    assertThat(check(file.toString())).isEqualTo(errors.isEmpty() ? 0 : 2);
    assertThat(out.toString().lines().filter(it -> it.contains(": error: ")))
        .containsExactlyElementsOf(errors);
  }

  @Test
  void comparesSeveralFiles() throws IOException {
    check(file("a.conf", GOOD), file("b.conf", GOOD));
    assertThat(out.toString()).contains("b.conf:1:1: warning: priority of VI_1 is 100 here and in");
  }

  @Test
  void printsJsonForPrograms() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\nbogus"));
    check("--format", "json", file);
    JsonArray problems = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).getAsJsonObject().keySet())
        .containsExactly("file", "line", "column", "severity", "rule", "text", "hint");
    assertThat(problems.get(0).getAsJsonObject().get("line").getAsInt()).isEqualTo(3);
  }

  @Test
  void printsInstancesAsKeepalivedDumpsThem() throws IOException {
    check("--format", "keepalived-json", file("a.conf", GOOD));
    JsonArray instances = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertThat(instances.get(0).getAsJsonObject().get("iname").getAsString()).isEqualTo("VI_1");
    assertThat(instances.get(0).getAsJsonObject().get("vips").toString())
        .isEqualTo("[\"10.0.0.100/24 dev eth0 scope global\"]");
  }

  @Test
  void printsTheModelWithoutSecrets() throws IOException {
    String secret = "authentication {\nauth_type PASS\nauth_pass geheim\n}\n";
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\n" + secret));
    assertThat(check("--effective", file)).isZero();
    assertThat(out.toString())
        .contains(
            "vips:\n", "  VI_1:\n", "      secret: {not-shown: true}\n", "    preempt: true\n")
        .doesNotContain("geheim");
    assertThat(err.toString()).contains("[V018]");
  }

  @Test
  void obeysConditionsForTheNodeThatIsNamed() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\n@one bogus"));
    check("-i", "two", file);
    assertThat(out.toString()).isEmpty();
    check("-i", "one", file);
    assertThat(out.toString()).contains("'bogus'");
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
  void refusesAFormatThatDoesNotExist() throws IOException {
    assertThat(check("--format", "xml", file("a.conf", GOOD))).isNotZero();
    assertThat(err.toString()).contains("--format must be one of", "found 'xml'");
  }

  @Test
  void saysOnceWhatIsTrueOfMostFiles() throws IOException {
    String text = GOOD.replace("_id 7", "_id 51").replace("garp_master_refresh 60", "");
    String a = file("a.conf", text);
    String b = file("b.conf", text);
    check(a, b, file("c.conf", text));
    assertThat(out.toString().lines().filter(it -> it.contains(": note: ")))
        .containsExactly(
            a
                + ":1:1: note: VI_1 announces its addresses only after a takeover: who misses that keeps"
                + " sending to the other node (and in 2 more places) [V028]",
            a
                + ":3:3: note: virtual_router_id 51 is that of every sample; others on this LAN may have"
                + " it too (and in 2 more places) [V010]");
    out.getBuffer().setLength(0);
    check("--format", "json", a, b);
    assertThat(out.toString().lines().filter(it -> it.contains("\"V010\""))).hasSize(2);
    assertThat(out.toString()).doesNotContain("more place");
  }

  @Test
  void refusesTwoFormsOfOutput() throws IOException {
    assertThat(check("--effective", "--format", "json", file("a.conf", GOOD))).isNotZero();
    assertThat(err.toString())
        .contains("--effective prints a vipd.yaml and --format json something else");
    assertThat(out.toString()).isEmpty();
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
  @Timeout(60)
  void refusesAtOnceWhatIsNoFileOfUsualSize() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (String file : List.of("/dev/zero", pipe.toString(), large("a.conf"), large("a.yaml"))) {
      assertThat(check(file)).as(file).isEqualTo(2);
    }
    assertThat(out.toString().lines())
        .containsExactly(
            "/dev/zero: error: is a pipe, socket or device, not a regular file",
            "    hint: name a regular file",
            pipe + ": error: is a pipe, socket or device, not a regular file",
            "    hint: name a regular file",
            folder + "/a.conf: error: is larger than 4 MiB",
            "    hint: is it the right file?",
            folder + "/a.yaml: error: is larger than 4 MiB",
            "    hint: is it the right file?");
  }

  private String large(String name) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    return file.toString();
  }

  @Test
  void showsTheLineOfAFileThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("a.conf");
    Files.writeString(
        file,
        "# f\u00fcr\n" + GOOD.replace("interface eth0", "interface eth0\nb\u00f6gus"),
        ISO_8859_1);
    check(file.toString());
    assertThat(out.toString())
        .contains(":4:1: warning: unknown keyword 'b\u00f6gus'", "\n    b\u00f6gus\n    ^\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_type PASS\n  auth_pass geheimgeheim",
        "auth_type PASS\n  auth_pass \"geheim geheim\"",
        "auth_type PASS\n}\nauth_pas geheim\nauthentication {",
      })
  void doesNotShowPasswordsOfAKeepalivedConf(String lines) throws IOException {
    String block = "interface eth0\nauthentication {\n  " + lines + "\n}\n";
    check(file("a.conf", GOOD.replace("interface eth0", block)));
    assertThat(out.toString()).contains("(not shown)\n").doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: password, secret: geheimgeheim}",
        "{\"type\": \"password\", \"secret\": \"geheimgeheim\"}",
        "\n      type: password\n      secret:\n        - geheim",
        "\n      type: hmac\n      active-key: 1\n      keys:\n        - {id: 1, secret: geheim}",
      })
  void doesNotShowPasswordsOfAVipdYaml(String value) throws IOException {
    String text =
        "vips:\n  a:\n    version: 2\n    interface: eth0\n    vrid: 7\n    addresses: [10.0.0.9/24]\n"
            + "    authentication: ";
    check(file("a.yaml", text + value + "\n"));
    assertThat(out.toString()).contains("(not shown)\n").doesNotContain("geheim");
  }

  @Test
  void printsASecretInAFormThatDoesNotLoad() throws IOException {
    String secret = "interface eth0\nauthentication {\nauth_type PASS\nauth_pass geheim\n}\n";
    check("--effective", file("a.conf", GOOD.replace("interface eth0", secret)));
    String printed = file("b.yaml", out.toString());
    assertThat(check(printed)).isEqualTo(2);
    assertThat(out.toString())
        .contains(
            "error: secret was left out when this file was printed",
            "hint: write the secret, or {file: PATH}, or {environment: NAME}");
  }

  @Test
  void separatesTheModelsOfSeveralNodes() throws IOException {
    check("--effective", file("a.conf", GOOD), file("b.conf", GOOD));
    assertThat(out.toString().lines().filter("---"::equals)).hasSize(1);
    assertThat(out.toString()).doesNotStartWith("---");
  }

  @Test
  void comparesIntervalsInTheUnitsOfTheirFiles() throws IOException {
    String slow = GOOD.replace("interface eth0", "interface eth0\nadvert_int 2");
    String odd = GOOD.replace("interface eth0", "interface eth0\nversion 3\nadvert_int 0.25");
    check(file("a.conf", GOOD), file("b.conf", slow), file("c.conf", odd));
    assertThat(out.toString())
        .contains("advert_int of VI_1 is 2 s here and 1 s in", "VI_1 is 250 ms here and 2 s in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vips\n", "[]\n", "vips {\n}\n"})
  void refusesABrokenVipdYaml(String text) throws IOException {
    assertThat(check(file("a.yaml", text))).isEqualTo(2);
  }

  @Test
  void saysThatAFileIsOfNeitherLanguage() throws IOException {
    assertThat(check(file("a.conf", "[Unit]\nAfter=network.target\n"))).isZero();
    assertThat(out.toString())
        .contains(
            "a.conf: warning: has no keyword of keepalived.conf at its top, so there is nothing to"
                + " do\n    hint: is it the right file?");
  }

  @Test
  void writesControlCharactersAsEscapes() throws IOException {
    String file =
        file("a.conf", GOOD.replace("interface eth0", "interface eth0\nb\u001b[31m\u202eog x"));
    check(file);
    assertThat(out.toString().lines())
        .containsExactly(
            file
                + ":3:1: warning: unknown keyword 'b\\x1b[31m\\u202eog' in vrrp_instance is ignored",
            "    b\\x1b[31m\\u202eog x",
            "    ^");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int check(String... arguments) {
    return new CommandLine(new CheckCommand(FixedHost::new))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
