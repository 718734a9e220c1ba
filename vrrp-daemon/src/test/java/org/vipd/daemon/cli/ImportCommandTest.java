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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.check.FixedHost;
import picocli.CommandLine;

/** What {@code vipd import} prints and how it ends. */
class ImportCommandTest {

  private static final String GOOD =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 7
        virtual_ipaddress {
          10.0.0.100/24
        }
      }
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n! here\n"})
  void saysWhyNothingComesOfAFileWithoutInstances(String text) throws IOException {
    String file = file(text);
    assertThat(run(file)).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            file
                + ": dangerous (defines no vrrp_instance, so no address moves; add a"
                + " vrrp_instance block)",
            "0 lines: 0 kept, 0 changed, 0 dropped, 1 dangerous");
  }

  @Test
  void printsTheResultAndAReport() throws IOException {
    String file = file(GOOD);
    assertThat(run(file)).isZero();
    assertThat(out.toString())
        .isEqualTo(
            "# Imported from "
                + file
                + " by vipd import.\n"
                + """
                vips:
                  VI_1:
                    interface: eth0
                    vrid: 7
                    priority: 100
                    version: 2
                    addresses:
                      - 10.0.0.100/24
                """);
    assertThat(err.toString().lines())
        .hasSize(8)
        .contains(file + ":3: kept: virtual_router_id 7 -> vrid: 7")
        .endsWith("7 lines: 7 kept, 0 changed, 0 dropped, 0 dangerous");
  }

  @Test
  void endsWithOneWhenALineIsDroppedOrDangerous() throws IOException {
    assertThat(run(file(GOOD.replace("router_id 7", "router_id 7\n  prioritty 5")))).isEqualTo(1);
    assertThat(err.toString()).contains("k.conf:4: dropped: prioritty 5 (unknown keyword");
    String weak =
        GOOD.replace(
            "router_id 7",
            "router_id 7\n  authentication {\n    auth_type PASS\n    auth_pass geheim\n  }");
    assertThat(run(file(weak))).isEqualTo(1);
    assertThat(err.toString())
        .contains("k.conf:4: dangerous: authentication { (auth_type PASS sends", "[V018]")
        .contains(
            "k.conf:6: kept: auth_pass (not shown) -> authentication: {secret: {not-shown: true}}\n")
        .doesNotContain("geheim");
    assertThat(out.toString())
        .contains(
            " by vipd import.\n# It holds secrets in clear text: nobody but root should read it"
                + " (chmod 600).\n",
            "secret: geheim");
  }

  /** Without the priority the check would mean something else; it is a line of its own. */
  @Test
  void saysOfALineOnlyWhatBecameOfItself() throws IOException {
    String check = "vrrp_script c {\n  script /bin/true\n  weight 5\n}\n";
    String line = "router_id 7\n  state MASTER\n  priority 101\n  track_script {\n    c\n  }";
    run(file(check + GOOD.replace("router_id 7", line)));
    assertThat(err.toString().lines())
        .anyMatch(it -> it.endsWith(": kept: priority 101 -> priority: 101"))
        .anyMatch(it -> it.contains(": c -> checks: [c]"));
  }

  @Test
  void endsWithTwoAndPrintsNothingWhenTheFileCannotBeUsed() throws IOException {
    assertThat(run(file(GOOD.replace("router_id 7", "router_id 700")))).isEqualTo(2);
    assertThat(err.toString()).contains(":3:21: error: virtual_router_id", "nothing is imported");
    assertThat(run(folder.resolve("none.conf").toString())).isEqualTo(2);
    assertThat(run(file("vips: {}\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("k.conf is a vipd.yaml already");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void writesTheReportToAFileForPrograms() throws IOException {
    Path report = folder.resolve("report.json");
    assertThat(run("--report", report.toString(), "--format", "json", file(GOOD))).isZero();
    JsonArray lines = JsonParser.parseString(Files.readString(report)).getAsJsonArray();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(1).getAsJsonObject().keySet())
        .containsExactly("file", "line", "verdict", "source", "became", "reasons");
    assertThat(lines.get(1).getAsJsonObject().get("became").getAsString())
        .isEqualTo("interface: eth0");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysWhenTheReportCannotBeWritten() throws IOException {
    String report = folder.resolve("none/report").toString();
    assertThat(run("--report", report, file(GOOD))).isEqualTo(2);
    assertThat(err.toString()).contains("report " + report + " cannot be written");
  }

  @Test
  void importsForTheNodeThatIsNamed() throws IOException {
    String file =
        file(GOOD.replace("router_id 7", "router_id 7\n  @one priority 120\n  @two priority 90"));
    assertThat(run("--config-id", "two", file)).isEqualTo(1);
    assertThat(out.toString()).contains("priority: 90\n").doesNotContain(": 120");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("k.conf"), text).toString();
  }

  private int run(String... arguments) {
    return new CommandLine(new ImportCommand(FixedHost::new))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
