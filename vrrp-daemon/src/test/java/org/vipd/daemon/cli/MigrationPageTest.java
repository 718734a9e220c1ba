package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.check.FixedHost;
import org.vipd.daemon.testkit.Repository;
import picocli.CommandLine;

/**
 * The commands of {@code docs/migrating-from-keepalived.md} print what the page shows. With {@code
 * -Dvipd.update=true} the page is written instead.
 */
class MigrationPageTest {

  private static final Path PAGE = Repository.root().resolve("docs/migrating-from-keepalived.md");
  private static final boolean UPDATES = Boolean.getBoolean("vipd.update");
  private static final Pattern FILE =
      Pattern.compile("```(?:conf|yaml) (\\S+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CONSOLE =
      Pattern.compile("```console\n\\$ vipd ([^\n]*)\n(.*?)```", Pattern.DOTALL);
  private static final String IMPORTED = "vipd.yaml";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String page;

  @BeforeEach
  void writeTheFilesOfThePage() throws IOException {
    page = Files.readString(PAGE);
    Matcher file = FILE.matcher(page);
    while (file.find()) {
      Files.writeString(folder.resolve(file.group(1)), file.group(2));
    }
  }

  @Test
  void showsWhatItsCommandsPrint() throws IOException {
    List<String> commands = new ArrayList<>();
    StringBuilder printed = new StringBuilder();
    Matcher console = CONSOLE.matcher(page);
    while (console.find()) {
      commands.add(console.group(1));
      String text = "```console\n$ vipd " + console.group(1) + "\n" + run(console.group(1)) + "```";
      console.appendReplacement(printed, Matcher.quoteReplacement(text));
    }
    console.appendTail(printed);
    assertThat(commands)
        .containsExactly(
            "check keepalived.conf",
            "import keepalived.conf > vipd.yaml",
            "check --elsewhere cluster.yaml",
            "check wrong.yaml");
    expect(printed.toString());
  }

  @Test
  void showsTheResultOfItsImport() throws IOException {
    run("import keepalived.conf > vipd.yaml");
    String shown = "```yaml " + IMPORTED + "\n";
    int start = page.indexOf(shown) + shown.length();
    int end = page.indexOf("```", start);
    expect(
        page.substring(0, start)
            + Files.readString(folder.resolve(IMPORTED))
            + page.substring(end));
  }

  @Test
  void importsWhatKeepalivedWouldDump() throws IOException {
    run("import keepalived.conf > vipd.yaml");
    String old = run("check --format keepalived-json keepalived.conf > old.json");
    run("check --format keepalived-json vipd.yaml > new.json");
    assertThat(old).contains("V018");
    assertThat(Files.readString(folder.resolve("new.json")))
        .contains("\"iname\":\"VI_1\"")
        .isEqualTo(Files.readString(folder.resolve("old.json")));
  }

  @Test
  void linksToPagesThatExist() {
    Matcher link = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)").matcher(page);
    int links = 0;
    while (link.find()) {
      assertThat(PAGE.resolveSibling(link.group(1))).exists();
      links++;
    }
    assertThat(links).isGreaterThan(5);
  }

  private void expect(String text) throws IOException {
    if (UPDATES) {
      Files.writeString(PAGE, text);
    }
    assertThat(Files.readString(PAGE)).as("run with -Dvipd.update=true").isEqualTo(text);
  }

  /** What a command prints on both outputs, without the folder of its files. */
  private String run(String line) throws IOException {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] sides = line.split(" > ", 2);
    List<String> words = new ArrayList<>(List.of(sides[0].split(" ", -1)));
    words.set(words.size() - 1, folder.resolve(words.get(words.size() - 1)).toString());
    Main.line(MigrationPageTest::command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words.toArray(new String[0]));
    if (sides.length == 2) {
      Files.writeString(folder.resolve(sides[1]), shown(out));
      return shown(err);
    }
    return shown(out) + shown(err);
  }

  /** The host of the page has eth0. */
  private static <K> K command(Class<K> type) throws Exception {
    if (type == CheckCommand.class) {
      return type.cast(new CheckCommand(FixedHost::new));
    }
    return type == ImportCommand.class
        ? type.cast(new ImportCommand(FixedHost::new))
        : CommandLine.defaultFactory().create(type);
  }

  private String shown(StringWriter writer) {
    return writer.toString().replace(folder + "/", "");
  }
}
