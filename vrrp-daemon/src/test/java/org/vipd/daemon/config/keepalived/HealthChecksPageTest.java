package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Repository;

/** The examples of docs/health-checks.md mean what the page says. */
class HealthChecksPageTest {

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static List<String> examples() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/health-checks.md"));
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      if (matcher.group(1).isEmpty()) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  @Test
  void allExamplesAreReadWithoutAWarning() throws IOException {
    List<String> examples = examples();
    assertThat(examples).hasSize(8);
    for (String example : examples) {
      assertThat(Loading.problems(example)).as(example).isEmpty();
    }
  }

  @Test
  void eachExampleTracksWhatItIsAbout() throws IOException {
    List<String> examples = examples();
    assertThat(Loading.model(examples.get(0)).trackedChecks()).hasSize(1);
    assertThat(Loading.model(examples.get(1)).trackers().delays()).hasSize(1);
    assertThat(Loading.model(examples.get(2)).usedTrackers().files()).hasSize(1);
    assertThat(Loading.model(examples.get(3)).usedTrackers().processes()).hasSize(1);
    assertThat(isOn(examples.get(4), "track_src_ip")).isTrue();
    assertThat(Loading.model(examples.get(5)).usedTrackers().sessions()).hasSize(1);
    assertThat(Loading.model(examples.get(6)).instances())
        .allMatch(it -> it.tracks().get(0).checkName().equals("both_ways"));
    assertThat(isOn(examples.get(7), "stay_when_unhealthy")).isTrue();
  }

  private static boolean isOn(String example, String keyword) {
    return Loading.model(example).instances().get(0).extras().settings().isOn(keyword);
  }
}
