package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.testkit.Repository;

/** The examples of the documents are what the reader takes without a word. */
class DocumentedExamplesTest {

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

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
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).isEmpty() && block.group(2).contains("{\n")) {
        found.add(block.group(2));
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
