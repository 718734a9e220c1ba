package org.vipd.daemon.config.migrate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.KeepalivedSource;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.yaml.key.Key;
import org.vipd.daemon.config.yaml.key.KeyTable;
import org.vipd.daemon.config.yaml.write.YamlWriter;

/** Finds what a line is worth: the model without it is compared with the one that has it. */
final class Weighing {

  /**
   * Leaving out each line of a long file takes long, for each time all of it is interpreted; in
   * files with more lines that is done so many times, and the rest is looked up by name.
   */
  private static final int LINES_LIMIT = 1000;

  private static final int TIMES_LIMIT = 50;
  private static final Map<String, List<String>> NAMES = names();

  private final KeepalivedSource source;
  private final Blocks blocks;
  private final DaemonConfig config;
  private final YamlLines yaml;
  private final Map<Integer, Worth> weighed = new HashMap<>();
  private final boolean isThorough;
  private int times;

  Weighing(KeepalivedSource source, Blocks blocks, DaemonConfig config) {
    this.source = source;
    this.blocks = blocks;
    this.config = config;
    this.isThorough = source.lines().size() <= LINES_LIMIT;
    this.yaml = new YamlLines(YamlWriter.withoutSecrets(config));
  }

  /** What a keyword is called in vipd.yaml. */
  private static Map<String, List<String>> names() {
    return KeyTable.get().sections().values().stream()
        .flatMap(section -> section.values().stream())
        .collect(
            Collectors.groupingBy(
                Key::keyword, TreeMap::new, Collectors.mapping(Key::name, Collectors.toList())));
  }

  /** Whether the file is short enough to leave out each of its lines. */
  boolean isThorough() {
    return isThorough;
  }

  /** The statements on a line that end there. */
  Worth line(int line) {
    List<Statement> own = blocks.on(line).stream().filter(blocks::isOneLine).toList();
    return own.isEmpty() ? Worth.NONE : worth(own::contains, own.get(0), line);
  }

  /** A block with all that is in it. */
  Worth block(Block block) {
    Worth named = named(block);
    return named.line().isPresent()
        ? named
        : weighed.computeIfAbsent(
            block.first(), line -> worth(block.head()::equals, block.head(), line).silently());
  }

  /** A block that is a named section; of another one nothing is known. */
  Worth named(Block block) {
    OptionalInt section = yaml.section(block.head().place());
    return section.isPresent()
        ? Worth.written(List.of(section.getAsInt()), yaml, "")
        : Worth.UNKNOWN;
  }

  private Worth worth(Predicate<Statement> left, Statement first, int line) {
    if (!isThorough && ++times > TIMES_LIMIT) {
      return byName(first, line);
    }
    Optional<DaemonConfig> without = source.without(left);
    if (without.isEmpty()) {
      // without it nothing would run
      return byName(first, line);
    }
    if (without.get().equals(config)) {
      return Worth.NONE;
    }
    List<Integer> own = yaml.missingIn(new YamlLines(YamlWriter.withoutSecrets(without.get())));
    OptionalInt section = sectionAround(line);
    if (section.isPresent() && own.contains(section.getAsInt())) {
      // without it the section around would not be there
      return byName(first, line);
    }
    return own.isEmpty()
        ? Worth.UNWRITTEN
        : Worth.written(yaml.about(keys(line), own), yaml, first.keyword());
  }

  /** What the keywords of a line are called in vipd.yaml: others may change by them, too. */
  private List<String> keys(int line) {
    return blocks.on(line).stream()
        .flatMap(it -> NAMES.getOrDefault(it.keyword(), List.of()).stream())
        .toList();
  }

  private OptionalInt sectionAround(int line) {
    return blocks.beginning(line).isPresent()
        ? OptionalInt.empty()
        : blocks
            .around(line)
            .map(block -> yaml.section(block.head().place()))
            .orElse(OptionalInt.empty());
  }

  /** What is found under the name of the first keyword of a line, without leaving it out. */
  Worth byName(int line) {
    List<Statement> own = blocks.on(line);
    return own.isEmpty() ? Worth.NONE : byName(own.get(0), line);
  }

  private Worth byName(Statement first, int line) {
    Optional<Block> around =
        blocks.beginning(line).flatMap(Block::parent).or(() -> blocks.around(line));
    Optional<Place> section = Optional.empty();
    while (around.isPresent() && section.isEmpty()) {
      section = around.map(it -> it.head().place()).filter(it -> yaml.section(it).isPresent());
      around = around.flatMap(Block::parent);
    }
    OptionalInt found =
        section.isEmpty()
            ? OptionalInt.empty()
            : yaml.find(
                yaml.section(section.get()).getAsInt(),
                NAMES.getOrDefault(first.keyword(), List.of()),
                first.keyword());
    return found.isEmpty()
        ? Worth.UNKNOWN
        : Worth.written(yaml.withInside(found.getAsInt()), yaml, first.keyword());
  }
}
