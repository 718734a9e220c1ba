package org.vipd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Repository;

/** Rules of the house that only the source text shows, for the main code of all three modules. */
class SourceRulesTest {

  private static final int FILE_LIMIT = 400;
  private static final int METHOD_LIMIT = 40;

  /** How the formatter writes the first line of a method, or its last when it is wrapped. */
  private static final Pattern METHOD_START =
      Pattern.compile("^(?: {2}| {4})(?! )(?!.*\\b(?:class|record|enum|interface|new)\\b).*\\(.*");

  @Test
  void noFileHasMoreThanFourHundredLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > FILE_LIMIT) {
        tooLong.add(file + " has " + lines + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void noMethodHasMoreThanFortyLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    int methods = 0;
    for (Path file : sources()) {
      for (Method method : methodsOf(Files.readAllLines(file))) {
        methods++;
        if (method.lines() > METHOD_LIMIT) {
          tooLong.add(
              file.getFileName() + ":" + method.start() + " has " + method.lines() + " lines");
        }
      }
    }
    assertThat(methods).isGreaterThan(500);
    assertThat(tooLong).isEmpty();
  }

  @Test
  void everyPackageExplainsItself() {
    Set<Path> folders = new TreeSet<>();
    for (Path file : sources()) {
      if (!file.endsWith("module-info.java")) {
        folders.add(file.getParent());
      }
    }
    assertThat(folders).hasSizeGreaterThan(20);
    assertThat(folders).allMatch(folder -> Files.exists(folder.resolve("package-info.java")));
  }

  @Test
  void countsTheLinesOfAMethod() {
    List<String> text =
        List.of("class A {", "  void b(", "      int c) {", "    d();", "  }", "  int e;", "}");
    assertThat(methodsOf(text)).containsExactly(new Method(2, 4));
  }

  @Test
  void noFileNamesAPathOfTheDevelopersMachine() throws IOException {
    Pattern path = Pattern.compile("\"(/root|/work|/home)\\b");
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      Matcher matcher = path.matcher(Files.readString(file));
      if (matcher.find()) {
        found.add(file + ": " + matcher.group());
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void equalityWrittenByHandLooksAtEveryComponent() throws IOException {
    Pattern head = Pattern.compile("\\brecord (\\w+)\\(([^)]*)\\)");
    List<String> forgotten = new ArrayList<>();
    int records = 0;
    for (Path file : sources()) {
      String text = Files.readString(file);
      Matcher matcher = head.matcher(text);
      while (matcher.find()) {
        int test = text.indexOf("other instanceof " + matcher.group(1) + " that", matcher.end());
        if (test < 0) {
          continue;
        }
        records++;
        String equality = text.substring(test, text.indexOf(';', test));
        for (String component : matcher.group(2).split(",", -1)) {
          String name = component.strip().replaceAll(".* ", "");
          if (!equality.contains("that." + name)) {
            forgotten.add(file.getFileName() + ": " + matcher.group(1) + "." + name);
          }
        }
      }
    }
    assertThat(records).isGreaterThan(20);
    assertThat(forgotten).isEmpty();
  }

  /** A method by its first line and its length, signature and closing brace included. */
  private record Method(int start, int lines) {}

  /** The formatter closes a method, or a switch, with a brace in the column of its first line. */
  private static List<Method> methodsOf(List<String> lines) {
    List<Method> methods = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!METHOD_START.matcher(lines.get(i)).matches() || isComment(lines.get(i))) {
        continue;
      }
      int indent = lines.get(i).indexOf(lines.get(i).strip());
      Matcher end = Pattern.compile("^ {" + indent + "}};?$").matcher("");
      int last = bodyStart(lines, i, indent);
      while (last > 0 && last < lines.size() && !end.reset(lines.get(last)).matches()) {
        last++;
      }
      if (last > 0) {
        methods.add(new Method(i + 1, last - i + 1));
      }
    }
    return methods;
  }

  /** The line after the opening brace, or -1 when the statement has no body. */
  private static int bodyStart(List<String> lines, int start, int indent) {
    for (int i = start; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean continues = i == start || line.startsWith(" ".repeat(indent + 4));
      if (!continues || line.endsWith(";") || line.isBlank()) {
        return -1;
      }
      if (line.endsWith("{")) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean isComment(String line) {
    return line.strip().startsWith("*") || line.strip().startsWith("/");
  }

  private static List<Path> sources() {
    List<Path> files = new ArrayList<>();
    for (String module : List.of("vrrp-protocol", "netlink", "vrrp-daemon")) {
      Path root = Repository.root().resolve(module).resolve("src/main/java");
      try (Stream<Path> found = Files.walk(root)) {
        found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }
}
