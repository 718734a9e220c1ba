package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.testkit.Repository;

/** The examples of the documents are what the reader takes without a word. */
class DocumentedExamplesTest {

  private static final String INSTANCE =
      """
      vrrp_instance VI_9 {
        interface eth0
        virtual_router_id 9
        virtual_ipaddress { 10.0.0.109 }
      }
      """;

  private static List<String> examples(String page) throws IOException {
    List<String> found = new ArrayList<>();
    String text = Files.readString(Repository.root().resolve("docs").resolve(page));
    String[] parts = text.split("\n```\n", -1);
    for (int i = 1; i < parts.length; i += 2) {
      if (parts[i].contains("{")) {
        found.add(parts[i]);
      }
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"notifications.md", "built-in-checks.md"})
  void areReadWithoutAProblem(String page) throws IOException {
    List<String> examples = examples(page);
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      LoadResult result = KeepalivedReader.parse(page, example + "\n" + INSTANCE);
      assertThat(result.problems()).as(example).isEmpty();
    }
  }
}
