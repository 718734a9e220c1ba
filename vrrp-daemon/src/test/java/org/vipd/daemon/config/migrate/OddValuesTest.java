package org.vipd.daemon.config.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.keepalived.KeywordTable;
import org.vipd.daemon.config.keepalived.Scope;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.Models;
import org.vipd.daemon.config.yaml.YamlOptions;
import org.vipd.daemon.config.yaml.YamlReader;
import org.vipd.daemon.config.yaml.write.YamlWriter;

/** Whatever odd value a keyword has: what is read of it can be written as YAML and read again. */
@Execution(ExecutionMode.CONCURRENT)
class OddValuesTest {

  private static final List<String> ARGUMENTS =
      List.of(
          "",
          "\"\"",
          "\" \"",
          "\"a b\"",
          "\"\" \"\"",
          "/bin/true \"\"",
          "\"/bin/true\" \"\"",
          "\"/bin/true\" root \"\"",
          "x \"\"",
          "\"a b\" 25",
          "localhost 0",
          "0",
          "-1",
          "99999999999",
          "\"10.0.0.1 \"",
          "no",
          "~");

  private static final List<String> ELEMENTS =
      List.of(
          "\"\"",
          "\" \"",
          "\"a b\"",
          "V X",
          "x \"\"",
          "\"\" weight 3",
          "10.0.0.0/8 dev \"\"",
          "10.0.0.0/8 dev \"a b\"",
          "10.0.0.0/8 via 10.0.0.1 table \"\"",
          "from 10.0.0.0/8 table \"\" priority 5",
          "from",
          "from \"\" table 5",
          "from 10.0.0.100 priority 9",
          "from 10.0.0.100 table 5 track_group nope",
          "bogus",
          "10.0.0.7/24 dev eth0 label \"\"",
          "10.0.0.7/24 preferred_lft x",
          "10.0.0.7/24 preferred_lft 010",
          "10.0.0.7/24 preferred_lft forever",
          "10.0.0.7/24 peer foo",
          "10.0.0.7/24 peer 10.0.0.8/24",
          "10.0.0.7/24 peer 2001:db8::1",
          "10.0.0.7/24 track_group nope",
          "10.0.0.7/24 dev eth0 track_group nope",
          "eth0 FOO",
          "eth0 MII",
          "interface \"\"",
          "group { V X }");

  private static final YamlOptions OPTIONS = YamlOptions.ofHost();

  private static final String INSTANCE =
      """
      vrrp_instance V {
        interface eth0
        virtual_router_id 7
        virtual_ipaddress { 10.0.0.100 }
        %s
      }
      """;

  @ParameterizedTest
  @EnumSource(Scope.class)
  void ofAnyKeywordCanBeImported(Scope scope) {
    List<String> faults = new ArrayList<>();
    int imported = 0;
    for (String name : KeywordTable.get().names(scope)) {
      Keyword keyword = KeywordTable.get().find(scope, name).orElseThrow();
      for (String line : lines(keyword)) {
        LoadResult read =
            KeepalivedReader.parse(
                "k.conf", text(scope, line), new SourceOptions("test", Map.of(), 1));
        imported += read.config().isPresent() ? 1 : 0;
        read.config()
            .flatMap(OddValuesTest::fault)
            .ifPresent(it -> faults.add(scope + ": " + line.replace('\n', '~') + ": " + it));
      }
    }
    assertThat(faults).isEmpty();
    assertThat(imported).isPositive();
  }

  private static List<String> lines(Keyword keyword) {
    List<String> lines = new ArrayList<>();
    for (String argument : ARGUMENTS) {
      String body = keyword.isBlock() ? " {\n}" : "";
      lines.add(keyword.name() + " " + argument + body);
    }
    if (keyword.isBlock()) {
      String name = keyword.arguments() > 0 ? " x" : "";
      ELEMENTS.forEach(it -> lines.add(keyword.name() + name + " {\n" + it + "\n}"));
    }
    return lines;
  }

  private static String text(Scope scope, String line) {
    String usual = INSTANCE.formatted("");
    return switch (scope) {
      case ROOT -> usual + line + "\n";
      case GLOBAL -> "global_defs {\n" + line + "\n}\n" + usual;
      case INSTANCE -> INSTANCE.formatted(line);
      case GROUP -> usual + "vrrp_sync_group g {\ngroup { V }\n" + line + "\n}\n";
      case SCRIPT -> usual + "vrrp_script s {\nscript /bin/true\n" + line + "\n}\n";
      case FILE -> usual + "track_file s {\nfile /f\n" + line + "\n}\n";
      case PROCESS -> usual + "vrrp_track_process s {\nprocess p\n" + line + "\n}\n";
      case BFD -> usual + "bfd_instance s {\nneighbor_ip 10.0.0.2\n" + line + "\n}\n";
    };
  }

  private static Optional<String> fault(DaemonConfig config) {
    String yaml = YamlWriter.text(config);
    LoadResult again = YamlReader.parse(Path.of("vipd.yaml"), yaml, OPTIONS).result();
    if (again.config().isEmpty()) {
      return Optional.of(again.problems().toString());
    }
    return Models.of(config).equals(Models.of(again.config().get()))
        ? Optional.empty()
        : Optional.of("another model\n" + yaml);
  }
}
