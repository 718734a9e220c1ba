package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code vipd check} prints and how it ends. */
class CheckCommandTest {

  private static final String GOOD =
      """
      vrrp_instance VI_1 {
        interface lo
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
    String file = file("a.conf", GOOD.replace("interface lo", "interface lo\n\tprioritty 5"));
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
    String file = file("a.conf", GOOD.replace("interface lo", "interface lo\nbogus"));
    assertThat(check(file)).isZero();
    assertThat(check("--strict", file)).isEqualTo(1);
    String noted = file("b.conf", GOOD.replace("interface lo", "interface lo\ndebug 1"));
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
  void comparesSeveralFiles() throws IOException {
    check(file("a.conf", GOOD), file("b.conf", GOOD));
    assertThat(out.toString()).contains("b.conf:1:1: warning: priority of VI_1 is 100 here and in");
  }

  @Test
  void printsJsonForPrograms() throws IOException {
    String file = file("a.conf", GOOD.replace("interface lo", "interface lo\nbogus"));
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
        .isEqualTo("[\"10.0.0.100/24 dev lo scope global\"]");
  }

  @Test
  void printsTheModelWithoutSecrets() throws IOException {
    String secret = "authentication {\nauth_type PASS\nauth_pass geheim\n}\n";
    String file = file("a.conf", GOOD.replace("interface lo", "interface lo\n" + secret));
    assertThat(check("--effective", file)).isZero();
    assertThat(out.toString())
        .contains("vips:\n", "  VI_1:\n", "      secret: \"(not shown)\"\n", "    preempt: true\n")
        .doesNotContain("geheim");
    assertThat(err.toString()).contains("[V018]");
  }

  @Test
  void obeysConditionsForTheNodeThatIsNamed() throws IOException {
    String file = file("a.conf", GOOD.replace("interface lo", "interface lo\n@one bogus"));
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
          api: {interface: lo, vrid: 7, addresses: [192.0.2.100/24], checks: [up]}
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

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int check(String... arguments) {
    return new CommandLine(new CheckCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
