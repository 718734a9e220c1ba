package org.vipd.daemon.config.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.KeepalivedSource;
import org.vipd.daemon.config.keepalived.text.ReadLine;
import org.vipd.daemon.config.yaml.write.YamlWriter;

/**
 * A {@code vipd.yaml} with the meaning of a {@code keepalived.conf}, and what became of each line.
 *
 * @param yaml the text, with the comments that have a place in it
 * @param lines what is wrong with the file as a whole, then every line that is more than a comment,
 *     once, in the order of reading
 */
public record Import(String yaml, List<ImportedLine> lines) {

  public Import {
    lines = List.copyOf(lines);
  }

  /**
   * Imports a configuration that can be used.
   *
   * @param findings what rules say about it, beside what reading said
   */
  public static Import of(KeepalivedSource source, List<ConfigProblem> findings) {
    DaemonConfig config =
        source
            .result()
            .config()
            .orElseThrow(() -> new IllegalArgumentException("the configuration has errors"));
    List<ReadLine> lines = withoutRepetition(source.lines());
    Blocks blocks = new Blocks(lines, source.statements());
    Weighing weighing = new Weighing(source, blocks, config);
    Problemed problems = new Problemed(source.result().problems(), findings);
    Judgement judgement = new Judgement(lines, blocks, weighing, problems);
    List<ImportedLine> imported = new ArrayList<>(ofWholeFile(source.result().problems()));
    Comments comments = new Comments(blocks, weighing);
    for (int i = 0; i < lines.size(); i++) {
      ReadLine line = lines.get(i);
      boolean isSilent = line.use() == ReadLine.Use.BLANK;
      Worth worth = isSilent ? Worth.NONE : judgement.worth(i);
      if (!isSilent) {
        imported.add(judgement.line(i, worth));
      }
      if (judgement.isInDroppedBlock(i)) {
        comments.forget();
      } else {
        comments.take(i, line, worth);
      }
    }
    return new Import(comments.applyTo(YamlWriter.text(config)), imported);
  }

  /** What is wrong with no line of it, such as that it defines nothing. */
  private static List<ImportedLine> ofWholeFile(List<ConfigProblem> problems) {
    return problems.stream()
        .filter(it -> it.place().line() == 0 && Problemed.isDoubtful(it))
        .map(
            it ->
                new ImportedLine(
                    it.place(), "", Verdict.DANGEROUS, "", List.of(Problemed.reason(it))))
        .toList();
  }

  /** A file that is included twice is told of once. */
  private static List<ReadLine> withoutRepetition(List<ReadLine> lines) {
    Set<Place> known = new HashSet<>();
    return lines.stream().filter(it -> known.add(it.place())).toList();
  }

  /** How many lines have a verdict. */
  public long count(Verdict verdict) {
    return lines.stream().filter(it -> it.verdict() == verdict).count();
  }

  /** Whether nothing was dropped or is dangerous. */
  public boolean isClean() {
    return count(Verdict.DROPPED) + count(Verdict.DANGEROUS) == 0;
  }
}
