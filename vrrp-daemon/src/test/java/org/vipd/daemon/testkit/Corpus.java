package org.vipd.daemon.testkit;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The collected configurations beside the repository, and pieces of them. A test that asks for them
 * is skipped, and says so, where they are not.
 */
public final class Corpus {

  /** Folders of configurations: those of public repositories, and those that try out keepalived. */
  public static final List<String> COLLECTIONS = List.of("corpus", "keepalived-cases");

  private Corpus() {}

  /** The folder of a collection. */
  public static Path folder(String collection) {
    Optional<Path> folder = Repository.shared(collection);
    assumeThat(folder)
        .as("skipped: the folder shared/" + collection + " is not beside the repository")
        .isPresent();
    return folder.orElseThrow();
  }

  /** The configurations of one collection in their order. */
  public static List<Path> files(String collection) throws IOException {
    try (Stream<Path> files = Files.list(folder(collection))) {
      return files.filter(it -> it.toString().endsWith(".conf")).sorted().toList();
    }
  }

  /** The configurations of all collections in their order. */
  public static List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String collection : COLLECTIONS) {
      all.addAll(files(collection));
    }
    return all;
  }

  /** Inserts a piece of another text, shorter than a limit. */
  public static void splice(StringBuilder text, String other, int limit, Random random) {
    int at = random.nextInt(text.length());
    int from = random.nextInt(other.length());
    text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(limit)));
  }
}
