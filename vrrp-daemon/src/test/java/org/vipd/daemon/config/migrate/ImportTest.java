package org.vipd.daemon.config.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.KeepalivedSource;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/** Comments, and the verdict of each line, on small configurations. */
@Execution(ExecutionMode.CONCURRENT)
class ImportTest {

  private static final String SIMPLE =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 7
      %s
        virtual_ipaddress {
          10.0.0.100/24
        }
      }
      """;

  @TempDir private Path folder;

  /** Lines are separated by a tilde. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_type PASS~auth_pas hunter2",
        "auth_type PASS~auth_pass \"\"",
        "auth_type PASS",
        "auth_type PASS auth_pass hunter2",
        "auth_type OTHER~auth_pass hunter2"
      })
  void keepsNothingOfAnAuthenticationThatIsLost(String lines) throws IOException {
    String block = "authentication {\n" + lines.replace('~', '\n') + "\n}";
    Import result = read(SIMPLE.formatted(block));
    assertThat(result.yaml()).doesNotContain("authentication");
    assertThat(result.lines())
        .filteredOn(it -> it.source().startsWith("auth"))
        .isNotEmpty()
        .noneMatch(it -> it.verdict() == Verdict.KEPT)
        .noneMatch(it -> it.source().contains("hunter2"));
  }

  @Test
  void keepsNothingOfAnotherFile() throws IOException {
    assertThat(read("1 upstream x {\n2   server y\n3 }\nlisten 80\n").lines())
        .filteredOn(it -> !it.source().isEmpty())
        .isNotEmpty()
        .allMatch(it -> it.verdict() == Verdict.DROPPED);
  }

  @Test
  void leavesOldSecretsInCommentsBehind() throws IOException {
    String text =
        """
        $PASS=hunter22 # was hunter33
        $VIP=10.0.0.9 # the web
        # auth_pass hunter44
        # pass it on
        """
            + SIMPLE.formatted(
                """
                authentication {
                  auth_type PASS
                  auth_pass ${PASS} # was hunter55
                }\
                """);
    assertThat(read(text).yaml())
        .contains("secret: hunter22", "# pass it on", "# ($VIP) the web", "auth_pass (not shown)")
        .doesNotContain("hunter33", "hunter44", "hunter55");
  }

  @Test
  void keepsCommentsWhereTheyBelong() throws IOException {
    String text =
        """
        ! Configuration of the load balancers
        # written by ops

        # who we are
        global_defs {
          router_id lb1 # the first one
        }

        #### is HAProxy there?
        vrrp_script chk {
          script "/usr/bin/pgrep -x haproxy"
          interval 2 # every other second
          # two are enough
          fall 2
        }
        vrrp_instance VI_1 {
          interface eth0 ! the LAN
          virtual_router_id 7
          advert_int 1 # seconds
          virtual_ipaddress {
            # the service
            10.0.0.100/24
            10.0.0.101/24 # another one
            # 10.0.0.102/24
          }
          track_script {
            chk
          }
          # nopreempt
        } # VI_1 ends here
        # end of the file
        """;
    assertThat(read(text).yaml())
        .isEqualTo(
            """
            # Configuration of the load balancers
            # written by ops

            # who we are
            # the first one
            router-id: lb1
            checks:
              # is HAProxy there?
              chk:
                command: /usr/bin/pgrep -x haproxy
                # every other second
                interval: 2s
                # two are enough
                fall: 2
            vips:
              # (advert_int 1) seconds
              # VI_1 ends here
              VI_1:
                # the LAN
                interface: eth0
                vrid: 7
                priority: 100
                version: 2
                addresses:
                  # the service
                  - 10.0.0.100/24
                  # another one
                  - 10.0.0.101/24
                  # 10.0.0.102/24
                checks:
                  - chk
                # nopreempt
            # end of the file
            """);
  }

  @Test
  void keepsTheIndentationOfWhatIsCommentedOut() throws IOException {
    String text =
        "$IF=eth0 # the LAN\n"
            + SIMPLE.formatted("  # track_script {\n  #   chk\n  # }\n  priority 5");
    assertThat(read(text).yaml())
        .startsWith("# ($IF) the LAN\n")
        .contains("    # track_script {\n    #   chk\n    # }\n    priority: 5\n");
  }

  @Test
  void saysWhatBecameOfEachLine() throws IOException {
    assertThat(report(SIMPLE.formatted("  priority 120\n  advert_int 1")))
        .containsExactly(
            "1 kept: vrrp_instance VI_1 { -> VI_1:",
            "2 kept: interface eth0 -> interface: eth0",
            "3 kept: virtual_router_id 7 -> vrid: 7",
            "4 kept: priority 120 -> priority: 120",
            "5 kept: advert_int 1 -> [holds without this line, too]",
            "6 kept: virtual_ipaddress { ->",
            "7 kept: 10.0.0.100/24 -> addresses: [10.0.0.100/24]",
            "8 kept: } ->",
            "9 kept: } ->");
  }

  @Test
  void dropsWhatHasNoEffectAndSaysWhy() throws IOException {
    Map<Integer, String> lines =
        byLine(
            SIMPLE.formatted(
                    "  priority 100\n  priority 120\n  prioritty 130\n  bogus {\n    a 1\n  }")
                + "virtual_server 10.0.0.100 443 {\n  real_server 10.0.0.5 443 {\n    weight 1\n  }\n}\n"
                + "virtual_server 10.0.0.100 80 {\n}\n");
    assertThat(lines.get(4))
        .isEqualTo(
            "dropped: priority 100 -> [priority is given again in line 5; the last one that can be used counts,"
                + " as in keepalived; delete one]");
    assertThat(lines.get(5)).isEqualTo("kept: priority 120 -> priority: 120");
    assertThat(lines.get(6)).contains("dropped: prioritty 130 ->", "did you mean priority?");
    assertThat(lines.get(7)).contains("dropped: bogus {", "keepalived would ignore the rest");
    assertThat(lines.get(8)).isEqualTo("dropped: a 1 -> [inside bogus of line 7]");
    assertThat(lines.get(9)).isEqualTo("dropped: } -> [inside bogus of line 7]");
    assertThat(lines.get(12)).isEqualTo("kept: } ->");
    assertThat(lines.get(13)).isEqualTo("kept: } ->");
    assertThat(lines.get(14)).contains("dropped: virtual_server 10.0.0.100 443 {", "load");
    assertThat(lines.get(18)).isEqualTo("dropped: } -> [inside virtual_server of line 14]");
    assertThat(lines.get(19)).contains("dropped: virtual_server 10.0.0.100 80 {", "load");
    assertThat(lines.get(20)).startsWith("dropped: }");
  }

  @Test
  void tellsOfWhatIsAnotherValueNow() throws IOException {
    String check = "vrrp_script chk {\n  script /bin/true\n  weight -5 reversed\n}\n";
    assertThat(byLine(SIMPLE.formatted("") + check).get(11))
        .contains(
            "changed: weight -5 reversed -> weight: -5 [unknown word 'reversed' after weight");
    String twice = SIMPLE.formatted("  priority 120") + SIMPLE.formatted("  priority 130");
    assertThat(byLine(twice).get(9)).contains("dropped: vrrp_instance VI_1 {", "defined twice");
    assertThat(byLine(twice).get(12))
        .isEqualTo("dropped: priority 130 -> [inside vrrp_instance of line 9]");
  }

  @Test
  void warnsOfWhatIsFollowedAndWillHurt() throws IOException {
    String text =
        SIMPLE.formatted(
            "  version 2\n  authentication {\n    auth_type PASS\n    auth_pass geheim\n  }\n"
                + "  garp_extra_if all 5");
    Map<Integer, String> lines = byLine(text + text.replace("VI_1", "VI_2").replace("7", "8"));
    assertThat(lines.get(7))
        .isEqualTo(
            "dangerous: auth_pass (not shown) -> authentication: {secret: {not-shown: true}} [a word; a hint [V000]]");
    assertThat(lines.get(9))
        .contains(
            "dangerous: garp_extra_if all 5 -> options: {garp-extra-if: [all, \"5\"]}",
            "not yet effective");
    assertThat(lines.get(22)).contains("dangerous: garp_extra_if all 5 ->", "not yet effective");
    assertThat(String.join("\n", lines.values())).doesNotContain("geheim");
  }

  @Test
  void dropsWhatABraceTooManyPutsOutside() throws IOException {
    String text =
        "vrrp_instance VI_9 {\n  interface eth0\n  virtual_router_id 9\n}\n  priority 7\n}\n";
    assertThat(byLine(text).get(5))
        .isEqualTo(
            "dropped: priority 7 -> [outside of any block, because a closing brace above it is too"
                + " many]");
  }

  @Test
  void doesNotCallABlockChangedOnlyBecauseSomethingIsWrongWithIt() throws IOException {
    String empty = "vrrp_instance VI_9 {\n  interface eth0\n  virtual_router_id 9\n}\n";
    assertThat(byLine(empty).get(1))
        .contains("dangerous: vrrp_instance VI_9 { -> VI_9: [", "it protects nothing");
    assertThat(byLine(empty + empty).get(5))
        .contains("dropped: vrrp_instance VI_9 { ->", "defined twice")
        .doesNotContain("it protects nothing");
  }

  @Test
  void tellsOfDefinitionsConditionsAndIncludes() throws IOException {
    Files.writeString(
        folder.resolve("more.conf"), "# from elsewhere\nglobal_defs { router_id lb7 }\n");
    String text =
        "$PRIO=120\ninclude more.conf\n"
            + SIMPLE.formatted("  @lb1 priority $PRIO\n  @lb2 priority 90 # the other node");
    Map<Integer, String> lines = byLine(text);
    assertThat(lines.get(1))
        .isEqualTo(
            "changed: $PRIO= (not shown) -> [what it stands for is written where it was used]");
    assertThat(lines.get(2)).startsWith("changed: include more.conf -> [what it includes");
    assertThat(lines.get(6))
        .startsWith("changed: @lb1 priority $PRIO -> priority: 120 [its condition");
    assertThat(lines.get(7))
        .startsWith("dropped: @lb2 priority 90 -> [its condition does not hold");
    List<ImportedLine> all = read(text).lines();
    assertThat(all.get(2).place().file()).endsWith("more.conf");
    assertThat(all.get(2).became()).isEqualTo("router-id: lb7");
    assertThat(read(text).yaml()).startsWith("# from elsewhere\nrouter-id: lb7\n");
  }

  @Test
  void readsWhatStandsOnOneLine() throws IOException {
    assertThat(byLine(SIMPLE.formatted("  track_interface { eth1 }\n  unknown { a }")).get(4))
        .isEqualTo("kept: track_interface { eth1 } -> track: [{interface: eth1}]");
    assertThat(byLine(SIMPLE.formatted("  track_interface { eth1 }\n  unknown { a }")).get(5))
        .startsWith("dropped: unknown { a } -> [unknown block 'unknown'");
  }

  @Test
  void leavesOutOfCommentsWhatYamlDoesNotTake() throws IOException {
    String text = SIMPLE.formatted("  priority 120 # bell \u0007 and line \u2028 end\ttab");
    assertThat(read(text).yaml()).contains("    # bell ? and line ? end\ttab\n    priority: 120\n");
  }

  @Test
  void staysQuickWithManyLines() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 120; i++) {
      text.append(
          SIMPLE
              .formatted("  prioritty 3\n  priority 120")
              .replace("VI_1", "VI_" + i)
              .replace("router_id 7", "router_id " + i)
              .replace("10.0.0.", "10.0." + i + "."));
    }
    Import imported = read(text.toString());
    assertThat(imported.lines()).hasSize(120 * 9);
    assertThat(imported.count(Verdict.DROPPED)).isEqualTo(50);
    assertThat(imported.count(Verdict.CHANGED)).isEqualTo(70);
    assertThat(imported.lines())
        .filteredOn(it -> it.source().equals("priority 120"))
        .allMatch(it -> it.verdict() == Verdict.KEPT && it.became().equals("priority: 120"));
  }

  /** Whatever is misspelt in a block of secrets may be one. */
  @Test
  void showsNoSecretThatIsWrittenWrong() throws IOException {
    String lines =
        """
          authentication {
            auth_type PASS
            Auth_Pass hunter2
            auth_pass \\
            hunter2
          }
          authentication auth_pass hunter2
        """;
    List<String> report = report(SIMPLE.formatted(lines));
    assertThat(report).noneMatch(it -> it.contains("hunter2"));
    assertThat(report).anyMatch(it -> it.contains("Auth_Pass (not shown)"));
  }

  private List<String> report(String text) throws IOException {
    return read(text).lines().stream()
        .map(it -> it.place().line() + " " + ImportTest.text(it))
        .toList();
  }

  private Map<Integer, String> byLine(String text) throws IOException {
    return read(text).lines().stream()
        .filter(it -> it.place().file().endsWith("k.conf"))
        .collect(Collectors.toMap(it -> it.place().line(), ImportTest::text));
  }

  private static String text(ImportedLine it) {
    String why = it.reasons().isEmpty() ? "" : " " + it.reasons();
    String became = it.became().isEmpty() ? "" : " " + it.became();
    return it.verdict().word() + ": " + it.source() + " ->" + became + why;
  }

  /** Imports with a finding at each password, as a rule would have it. */
  private Import read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("k.conf"), text);
    KeepalivedSource source = KeepalivedSource.read(file, new SourceOptions("lb1", Map.of(), 1));
    assertThat(source.result().problems()).noneMatch(ConfigProblem::isError);
    Function<Integer, ConfigProblem> finding =
        line ->
            new ConfigProblem(
                new Place(file.toString(), line, 5),
                ConfigProblem.Severity.WARNING,
                "a word",
                "a hint",
                "V000");
    List<String> lines = text.lines().toList();
    List<ConfigProblem> findings =
        java.util.stream.IntStream.range(0, lines.size())
            .filter(it -> lines.get(it).contains("auth_pass"))
            .mapToObj(it -> finding.apply(it + 1))
            .toList();
    return Import.of(source, findings);
  }
}
