package org.vipd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of the repository whose text comes from the program. They are compared; with {@code
 * -Dvipd.update=true} they are written instead.
 */
public final class GeneratedText {

  private static final boolean UPDATES = Boolean.getBoolean("vipd.update");

  private GeneratedText() {}

  /** Expects a whole file to have that text. */
  public static void expectFile(String name, String text) throws IOException {
    Path file = Repository.root().resolve(name);
    if (UPDATES) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).as(name + ", run with -Dvipd.update=true").isEqualTo(text);
  }

  /** Expects the text between {@code <!-- name -->} and {@code <!-- end -->} of a file. */
  public static void expectPart(String fileName, String name, String text) throws IOException {
    Path file = Repository.root().resolve(fileName);
    String page = Files.readString(file);
    String head = "<!-- " + name + " -->\n";
    Matcher part =
        Pattern.compile(Pattern.quote(head) + "(.*?)<!-- end -->", Pattern.DOTALL).matcher(page);
    assertThat(part.find()).as(fileName + " has no part " + name).isTrue();
    if (UPDATES) {
      Files.writeString(
          file, page.substring(0, part.start(1)) + text + page.substring(part.end(1)));
    } else {
      assertThat(part.group(1)).as(name + ", run with -Dvipd.update=true").isEqualTo(text);
    }
  }
}
