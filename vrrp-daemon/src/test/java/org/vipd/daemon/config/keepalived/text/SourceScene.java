package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Problems;

/** Files and texts that are read, and what was said of them. */
abstract class SourceScene {

  static final SourceOptions OPTIONS = new SourceOptions("alpha", Map.of("SITE", "north"), 7);

  /** No word begins a block, so that braces are taken as they are. */
  static final BlockWords NOTHING =
      new BlockWords() {
        @Override
        public boolean isTop(String word, boolean isNamed) {
          return false;
        }

        @Override
        public boolean isInner(String word) {
          return false;
        }

        @Override
        public boolean isSetting(String word) {
          return false;
        }
      };

  @TempDir Path folder;

  final Problems problems = new Problems();

  final List<String> parse(String text) {
    return show(statements(text));
  }

  final List<Statement> statements(String text) {
    return SourceReader.parse("t.conf", text, OPTIONS, problems).statements(NOTHING);
  }

  final List<Statement> read(String name) {
    return SourceReader.read(folder.resolve(name), OPTIONS, problems, new ConfigHash())
        .statements(NOTHING);
  }

  final void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  final List<String> texts() {
    return problems.sorted().stream().map(ConfigProblem::toString).toList();
  }

  static List<String> show(List<Statement> tree) {
    return tree.stream().map(SourceScene::show).toList();
  }

  private static String show(Statement statement) {
    String words = statement.words().stream().map(Word::text).collect(Collectors.joining(" "));
    return statement.block().isEmpty()
        ? words.strip()
        : words + " { " + String.join(" ", show(statement.children())) + " }";
  }
}
