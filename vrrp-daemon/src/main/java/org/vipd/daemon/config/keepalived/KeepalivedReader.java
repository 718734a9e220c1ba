package org.vipd.daemon.config.keepalived;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.keepalived.text.SourceReader;
import org.vipd.daemon.config.keepalived.text.Statement;

/**
 * Reads a {@code keepalived.conf}. Whatever is wrong with the file comes back as problems, never as
 * an exception.
 */
public final class KeepalivedReader {

  /** Larger files are refused: a thousand instances take less than 1 MiB. */
  public static final int SIZE_LIMIT = SourceReader.SIZE_LIMIT;

  private KeepalivedReader() {}

  /** Whether a word may begin something at the top of a file. */
  public static boolean knows(String word) {
    return RootKeywords.knows(word);
  }

  /** Reads and interprets a file and what it includes. */
  public static LoadResult read(Path path) {
    return read(path, SourceOptions.ofHost());
  }

  /** Reads and interprets a file and what it includes. */
  public static LoadResult read(Path path, SourceOptions options) {
    return readWithPlaces(path, options).result();
  }

  /** Reads a file as {@link #read(Path, SourceOptions)} does, and keeps where things stand. */
  public static Reading readWithPlaces(Path path, SourceOptions options) {
    Problems problems = new Problems();
    ConfigHash hash = new ConfigHash();
    List<Statement> tree =
        SourceReader.read(path, options, problems, hash).statements(RootKeywords.blocks());
    return interpret(path.toString(), tree, problems, hash);
  }

  /**
   * What was read and where it stands.
   *
   * @param result model and problems
   * @param places where settings stand
   * @param understood the model without what has errors; empty when braces or quotes do not match
   *     or an included file is missing, because nobody knows then what belongs where
   */
  public record Reading(LoadResult result, PlaceFinder places, Optional<DaemonConfig> understood) {}

  /** Interprets text, for tests and for input that is not a file. */
  public static LoadResult parse(String file, String text) {
    return parse(file, text, SourceOptions.ofHost());
  }

  /** Interprets text, for tests and for input that is not a file. */
  public static LoadResult parse(String file, String text, SourceOptions options) {
    return parseWithPlaces(file, text, options).result();
  }

  /** Interprets text, and keeps where things stand. */
  static Reading parseWithPlaces(String file, String text, SourceOptions options) {
    Problems problems = new Problems();
    List<Statement> tree =
        SourceReader.parse(file, text, options, problems).statements(RootKeywords.blocks());
    return interpret(file, tree, problems, new ConfigHash());
  }

  private static Reading interpret(
      String file, List<Statement> tree, Problems problems, ConfigHash hash) {
    boolean isWhole = !problems.hasErrors();
    DaemonConfig config = new RootKeywords(problems).interpret(file, tree);
    return new Reading(
        new LoadResult(usable(config, problems), problems.sorted(), hash),
        new TreePlaces(tree),
        isWhole ? Optional.of(config) : Optional.empty());
  }

  private static Optional<DaemonConfig> usable(DaemonConfig config, Problems problems) {
    return problems.hasErrors() ? Optional.empty() : Optional.of(config);
  }
}
