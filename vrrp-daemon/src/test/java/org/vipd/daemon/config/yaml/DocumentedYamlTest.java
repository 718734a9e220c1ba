package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.yaml.write.YamlWriter;
import org.vipd.daemon.testkit.Repository;

/** The YAML examples of the documents are what the reader takes without a word. */
class DocumentedYamlTest {

  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static final Pattern KEEPALIVED_BLOCK =
      Pattern.compile("```\n((?:global_defs|vrrp_instance) .*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({"configuration.md,2", "built-in-checks.md,2", "notifications.md,4"})
  void areReadWithoutAProblem(String page, int count) throws IOException {
    String text = Files.readString(Repository.root().resolve("docs").resolve(page));
    List<String> examples = BLOCK.matcher(text).results().map(DocumentedYamlTest::body).toList();
    assertThat(examples).hasSize(count);
    YamlOptions options =
        new YamlOptions(
            FixedSurroundings.FIRST,
            Map.of("VIP_WEBHOOK", "https://alerts.example.org/vip?token=secret"),
            Optional.empty());
    for (String example : examples) {
      String vip =
          example.contains("vips:") ? "" : "vips: {VI_9: {vrid: 9, addresses: [10.0.0.9]}}";
      LoadResult result = YamlReader.parse(Path.of(page), example + vip, options).result();
      assertThat(result.problems()).as(example).isEmpty();
    }
  }

  /** Those are run by a daemon (DocumentedExamplesIT), so these are, too. */
  @Test
  void thoseOfNotificationsMeanWhatTheKeepalivedOnesMean() throws IOException {
    Path page = Repository.root().resolve("docs/notifications.md");
    String text = Files.readString(page);
    String keepalived = joined(KEEPALIVED_BLOCK, text);
    String yaml =
        joined(BLOCK, text)
            .replace("{environment: VIP_WEBHOOK}", "https://alerts.example.org/vip?token=secret")
            // what is not written is 3 here and 2 in keepalived.conf
            .replace("    vrid: 51\n", "    vrid: 51\n    version: 2\n");
    LoadResult ofKeepalived = KeepalivedReader.parse(page.toString(), keepalived);
    LoadResult ofYaml =
        YamlReader.parse(
                page, yaml, new YamlOptions(FixedSurroundings.FIRST, Map.of(), Optional.empty()))
            .result();

    assertThat(ofYaml.problems()).isEmpty();
    assertThat(keepalived).contains("notify_master", "notify_fifo", "smtp_server", "webhook");
    assertThat(YamlWriter.text(ofYaml.config().orElseThrow()))
        .isEqualTo(YamlWriter.text(ofKeepalived.config().orElseThrow()));
  }

  private static String joined(Pattern block, String text) {
    return block
        .matcher(text)
        .results()
        .map(DocumentedYamlTest::body)
        .collect(Collectors.joining("\n"));
  }

  private static String body(MatchResult block) {
    return block.group(1);
  }
}
