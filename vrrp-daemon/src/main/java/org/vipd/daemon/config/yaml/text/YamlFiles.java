package org.vipd.daemon.config.yaml.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.keepalived.text.FilePattern;
import org.vipd.daemon.config.keepalived.text.NoFile;
import org.vipd.daemon.config.keepalived.text.Obstacle;
import org.vipd.daemon.config.keepalived.text.TextFile;
import org.vipd.daemon.config.yaml.key.KeyTable;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads a file and those it includes, and puts their keys together. */
public final class YamlFiles {

  private static final int FILE_LIMIT = 1000;
  private static final int DEPTH_LIMIT = 16;
  private static final String INCLUDE = "include";

  private final Problems problems;
  private final Reports reports;
  private final List<MappingNode> trees = new ArrayList<>();
  private final Map<String, Placed> values = new LinkedHashMap<>();
  private final List<Path> open = new ArrayList<>();
  private final ConfigHash hash = new ConfigHash();
  private long characters;
  private boolean isWhole = true;

  /** Reads with problems going to both, which lead to the same place. */
  public YamlFiles(Problems problems, Reports reports) {
    this.problems = problems;
    this.reports = reports;
  }

  /** The keys at the top of a file, with what it includes; empty when it cannot be read. */
  public Optional<Section> read(Path path) {
    return TextFile.read(path, Place.ofFile(path.toString()), problems, hash)
        .flatMap(text -> parse(path, text));
  }

  /** The keys at the top of a text that was read already. */
  public Optional<Section> parse(Path path, String text) {
    add(path, text);
    Place place = new Place(path.toString(), 1, 1);
    return trees.isEmpty() && reports.hasErrors()
        ? Optional.empty()
        : Optional.of(Section.empty(KeyTable.TOP, place).with(values));
  }

  /** Whether every file that was asked for is there and valid YAML. */
  public boolean isWhole() {
    return isWhole;
  }

  /** Of the files that were read so far. */
  public ConfigHash hash() {
    return hash;
  }

  /** Finds places in what was read. */
  public YamlPlaces places() {
    return new YamlPlaces(trees);
  }

  private void add(Path path, String text) {
    characters += text.length();
    Optional<MappingNode> tree = YamlText.compose(path.toString(), text, reports);
    if (tree.isEmpty()) {
      isWhole = false;
      return;
    }
    trees.add(tree.get());
    open.add(path.toAbsolutePath().normalize());
    Section section = Section.read(KeyTable.TOP, tree.get(), "the file", reports);
    section.written().forEach(this::merge);
    section.list(INCLUDE).forEach(pattern -> include(path, pattern));
    open.remove(open.size() - 1);
  }

  private void merge(String key, Placed value) {
    Placed first = values.putIfAbsent(key, value);
    if (first == null || key.equals(INCLUDE)) {
      return;
    }
    if (first.value() instanceof List<?> one && value.value() instanceof List<?> other) {
      List<Object> all = new ArrayList<>(one);
      all.addAll(withoutDoubles(key, one, other));
      values.put(key, new Placed(first.place(), List.copyOf(all)));
    } else {
      reports.error(value.place(), key + " is given in " + first.place() + " too", "delete one");
    }
  }

  private List<Object> withoutDoubles(String key, List<?> one, List<?> other) {
    Map<String, Place> names = new LinkedHashMap<>();
    one.forEach(it -> name(it).ifPresent(name -> names.put(name, ((Placed) it).place())));
    List<Object> kept = new ArrayList<>();
    for (Object it : other) {
      Optional<String> twice = name(it).filter(names::containsKey);
      if (twice.isEmpty()) {
        kept.add(it);
      } else {
        reports.error(
            ((Placed) it).place(),
            key + " has " + twice.get() + " twice, first in " + names.get(twice.get()),
            "rename or delete one");
      }
    }
    return kept;
  }

  private static Optional<String> name(Object it) {
    return it instanceof Placed placed && placed.value() instanceof Section section
        ? Optional.of(section.name()).filter(name -> !name.isEmpty())
        : Optional.empty();
  }

  private void include(Path from, Placed pattern) {
    Path directory = from.toAbsolutePath().getParent();
    String name = (String) pattern.value();
    try {
      List<Path> files = FilePattern.matches(directory, name);
      if (files.isEmpty()) {
        isWhole = false;
        reports.error(
            pattern.place(),
            "include " + name + " matches no file" + NoFile.remark(directory, name),
            "is the path right?");
      }
      files.forEach(file -> include(file, pattern.place()));
    } catch (IOException e) {
      reports.error(
          pattern.place(), "include " + name + " cannot be searched: " + Obstacle.of(e), "");
    }
  }

  private void include(Path file, Place place) {
    if (open.contains(file.toAbsolutePath().normalize())) {
      reports.error(place, "included file " + file + " includes itself", "delete one include");
    } else if (open.size() >= DEPTH_LIMIT || trees.size() >= FILE_LIMIT) {
      reports.error(
          place,
          "more than " + DEPTH_LIMIT + " files inside each other, or " + FILE_LIMIT + " in all",
          "include fewer files");
    } else if (characters > TextFile.SIZE_LIMIT) {
      reports.error(
          place, "all files together have more than " + (TextFile.SIZE_LIMIT >> 20) + " MiB", "");
    } else {
      TextFile.read(file, place, problems, hash)
          .ifPresentOrElse(text -> add(file, text), () -> isWhole = false);
    }
  }
}
