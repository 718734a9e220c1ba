package org.vipd.daemon.config.keepalived.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.ConfigHash;

/** What is included, from where, and what is said when it cannot be. */
class IncludesTest extends SourceScene {

  @Test
  void saysWhereAnIncludeWasLookedFor() throws IOException {
    Path file = folder.resolve("main.conf");
    Files.writeString(file, "include more/*.conf\ninclude /none/a.conf /none/b.conf\n");
    SourceReader.read(file, OPTIONS, problems, new ConfigHash());
    assertThat(texts())
        .containsExactly(
            file
                + ":1:9: warning: include more/*.conf matches no file in "
                + folder
                + ", and nothing is included; is the path right? includem makes this an error",
            file
                + ":2:9: warning: include /none/a.conf matches no file, and nothing is included; is"
                + " the path right? includem makes this an error",
            file
                + ":2:22: warning: '/none/b.conf' after include is ignored: a line includes one"
                + " pattern; write a line of its own, or {one,other}");
  }

  @Test
  void namesTheIncludeThatCannotBeRead() {
    // the kernel lets nobody read this one, not even root
    Path secret = Path.of("/proc/sys/vm/compact_memory");
    parse("a\n include " + secret + "\n");
    assertThat(texts())
        .containsExactly(
            "t.conf:2:10: error: included file "
                + secret
                + " cannot be read: permission denied; give the daemon's user read permission");
  }

  @Test
  void readsIncludedFilesInTheirPlaceAndRelativeToTheirFolder() throws IOException {
    write("main.conf", "a\nouter {\n  include parts/*.conf\n}\nb ${FROM}\n");
    write("parts/2.conf", "two\n");
    write("parts/1.conf", "$FROM=one\none\n  include deep/x.conf\n");
    write("parts/deep/x.conf", "x\n");
    List<Statement> tree = read("main.conf");
    assertThat(show(tree)).containsExactly("a", "outer { one x two }", "b one");
    Statement x = tree.get(1).children().get(1);
    assertThat(x.place().file()).endsWith("parts/deep/x.conf");
    assertThat(texts()).isEmpty();
  }

  @Test
  void saysThatKeepalivedKeepsTheQuotesOfAPath() throws IOException {
    write("main.conf", "include \"part.conf\"\n");
    write("part.conf", "a\n");
    assertThat(show(read("main.conf"))).containsExactly("a");
    assertThat(texts())
        .singleElement()
        .asString()
        .contains("main.conf:1:9: warning: the quotes around part.conf are left out; keepalived");
  }

  @Test
  void includesAlternativesInBracesAndLeavesHiddenFilesOut() throws IOException {
    write("main.conf", "include {b,a}.d/*\n");
    write("a.d/1", "first\n");
    write("b.d/2", "second\n");
    write("b.d/.hidden", "hidden\n");
    assertThat(show(read("main.conf"))).containsExactly("second", "first");
  }

  @ParameterizedTest
  @CsvSource({
    "include none.conf,warning",
    "include none/*.conf,warning",
    "includer none.conf,warning",
    "includem none.conf,error",
    "includew none/*.conf,error",
    "'includeb {part,none}.conf',error",
    "includea none.conf,error"
  })
  void judgesMissingFilesAsDemanded(String line, String severity) throws IOException {
    write("part.conf", "part\n");
    write("main.conf", line + "\n");
    read("main.conf");
    assertThat(texts()).hasSize(1);
    assertThat(texts().get(0)).contains("main.conf:1:").contains(": " + severity + ": include ");
  }

  @Test
  void changesTheDemandsForTheRestOfAFile() throws IOException {
    write("main.conf", "include inner.conf\ninclude none1\n");
    write("inner.conf", "include_check +match\ninclude none2\n");
    read("main.conf");
    assertThat(texts()).hasSize(2);
    assertThat(texts().get(0)).contains("inner.conf:2:9: error");
    assertThat(texts().get(1)).contains("main.conf:2:9: warning");
  }

  @Test
  void skipsIncludedFilesThatAreExecutable() throws IOException {
    write("main.conf", "include run.conf\n");
    write("run.conf", "x\n");
    Files.setPosixFilePermissions(
        folder.resolve("run.conf"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(read("main.conf")).isEmpty();
    assertThat(texts())
        .singleElement()
        .asString()
        .contains("main.conf:1:9: warning: ")
        .contains("is executable and therefore skipped, as in keepalived; run: chmod a-x ");
  }

  @ParameterizedTest
  @CsvSource({
    "includer run.*,is executable; and keepalived does not start with such a one; run: chmod",
    "includea run.*,is executable; and keepalived does not start with such a one; run: chmod",
    "includem run.*,include run.* matches only files that are skipped",
    "includew run.*,include run.* matches only files that are skipped"
  })
  void refusesExecutableFilesThatAreDemanded(String line, String text) throws IOException {
    write("main.conf", line + "\n");
    write("run.conf", "x\n");
    Files.setPosixFilePermissions(
        folder.resolve("run.conf"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(read("main.conf")).isEmpty();
    assertThat(texts())
        .filteredOn(it -> it.contains(" error: "))
        .singleElement()
        .asString()
        .contains(text.replaceFirst(";", ","));
  }

  @Test
  void refusesIncludeLoops() throws IOException {
    write("main.conf", "a\ninclude other.conf\n");
    write("other.conf", "include main.conf\n");
    assertThat(show(read("main.conf"))).containsExactly("a");
    assertThat(texts()).hasSize(1);
    assertThat(texts().get(0)).contains("other.conf:1:9: error: include loop: ");
  }

  @Test
  void refusesIncludesThatMultiply() throws IOException {
    for (int i = 0; i < 20; i++) {
      String next = (i + 1) + ".conf\n";
      write(i + ".conf", "include " + next + "include " + next);
    }
    write("20.conf", "end\n");
    read("0.conf");
    assertThat(texts()).anyMatch(problem -> problem.contains("more than 1000 files"));
  }
}
