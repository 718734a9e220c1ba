package org.vipd.daemon.config.keepalived;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.keepalived.text.ReadLine;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.keepalived.text.SourceReader;
import org.vipd.daemon.config.keepalived.text.Statement;

/** A {@code keepalived.conf} with each of its lines, for asking what they are worth. */
public final class KeepalivedSource {

  private final Path path;
  private final List<ReadLine> lines = new ArrayList<>();
  private final List<Statement> statements;
  private final LoadResult result;

  private KeepalivedSource(Path path, SourceOptions options) {
    this.path = path;
    Problems problems = new Problems();
    this.statements =
        SourceReader.read(path, options, problems, new ConfigHash(), lines::add)
            .statements(RootKeywords.blocks());
    DaemonConfig config = new RootKeywords(problems).interpret(path.toString(), statements);
    this.result =
        new LoadResult(
            problems.hasErrors() ? Optional.empty() : Optional.of(config), problems.sorted());
  }

  /** Reads and interprets a file and what it includes. */
  public static KeepalivedSource read(Path path, SourceOptions options) {
    return new KeepalivedSource(path, options);
  }

  /** Every line in the order of reading; a file that is included twice is there twice. */
  public List<ReadLine> lines() {
    return List.copyOf(lines);
  }

  /** The statements at the top. */
  public List<Statement> statements() {
    return List.copyOf(statements);
  }

  /** What was read, and what is wrong with it. */
  public LoadResult result() {
    return result;
  }

  /** Where things stand. */
  public PlaceFinder places() {
    return new TreePlaces(statements);
  }

  /** Whether a block at the top is skipped as a whole. */
  public static boolean skips(Statement block) {
    return RootKeywords.skips(block);
  }

  /** What the file would mean without some of its statements; empty when it would not run. */
  public Optional<DaemonConfig> without(Predicate<Statement> left) {
    Problems problems = new Problems();
    DaemonConfig config =
        new RootKeywords(problems).interpret(path.toString(), remaining(statements, left));
    return problems.hasErrors() ? Optional.empty() : Optional.of(config);
  }

  private static List<Statement> remaining(List<Statement> all, Predicate<Statement> left) {
    List<Statement> kept = new ArrayList<>();
    for (Statement it : all) {
      if (!left.test(it)) {
        kept.add(new Statement(it.words(), it.block().map(inside -> remaining(inside, left))));
      }
    }
    return kept;
  }
}
