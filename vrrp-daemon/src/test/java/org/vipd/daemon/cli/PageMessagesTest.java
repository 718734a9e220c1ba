package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.testkit.Repository;
import picocli.CommandLine;

/** What {@code docs/configuration.md} shows of {@code vipd check} is what it prints. */
class PageMessagesTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml wrong\n(.*?)```.*?```text\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void showsWhatIsPrinted() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/configuration.md"));
    Matcher examples = EXAMPLE.matcher(page);
    int count = 0;
    while (examples.find()) {
      count++;
      Path file = Files.writeString(folder.resolve("vipd.yaml"), examples.group(1));
      StringWriter out = new StringWriter();
      CommandLine command = new CommandLine(new CheckCommand()).setOut(new PrintWriter(out, true));
      assertThat(command.execute(file.toString())).isEqualTo(2);
      assertThat(out.toString().replace(folder + "/", "")).isEqualTo(examples.group(2));
    }
    assertThat(count).isPositive();
  }
}
