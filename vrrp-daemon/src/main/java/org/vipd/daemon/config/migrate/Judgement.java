package org.vipd.daemon.config.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.KeepalivedSource;
import org.vipd.daemon.config.keepalived.text.ReadLine;
import org.vipd.daemon.config.keepalived.text.Statement;

/** Gives each line its verdict. */
final class Judgement {

  private final List<ReadLine> lines;
  private final List<String> contents;
  private final Blocks blocks;
  private final Weighing weighing;
  private final Problemed problems;
  private final Map<Block, String> dropped = new LinkedHashMap<>();

  Judgement(List<ReadLine> lines, Blocks blocks, Weighing weighing, Problemed problems) {
    this.lines = lines;
    this.contents = lines.stream().map(it -> it.text().substring(0, it.commentStart())).toList();
    this.blocks = blocks;
    this.weighing = weighing;
    this.problems = problems;
    blocks.all().forEach(this::drop);
  }

  private void drop(Block block) {
    if (block.parent().isEmpty() && KeepalivedSource.skips(block.head())) {
      dropped.put(block, "vipd does not balance load; keep it in a keepalived of its own");
      return;
    }
    List<ConfigProblem> said = said(block.first(), List.of(block.head()));
    boolean isKnown = KeepalivedReader.knows(block.head().keyword());
    if (said.isEmpty() && block.parent().isEmpty() && !isKnown) {
      dropped.put(block, "keepalived.conf has no block " + block.head().keyword());
      return;
    }
    boolean isDoubtful = said.stream().anyMatch(Problemed::isDoubtful);
    if (isDoubtful && !isInDroppedBlock(block.first()) && !weighing.block(block).counts()) {
      dropped.put(block, said.stream().map(Problemed::reason).collect(Collectors.joining("; ")));
    }
  }

  /** Whether a line is in a block that has no effect as a whole, or begins it. */
  boolean isInDroppedBlock(int line) {
    return droppedAround(line).isPresent();
  }

  private Optional<Block> droppedAround(int line) {
    return dropped.keySet().stream()
        .filter(it -> it.first() == line || it.contains(line))
        .findFirst();
  }

  private List<ConfigProblem> said(int line, List<Statement> statements) {
    return problems.of(lines.get(line).place(), statements);
  }

  /** What a line is worth, or the block that it begins. */
  Worth worth(int line) {
    if (isInDroppedBlock(line) || lines.get(line).use() == ReadLine.Use.SKIPPED) {
      return Worth.NONE;
    }
    Optional<Block> beginning = blocks.beginning(line);
    if (weighing.isThorough() || isDoubtful(line)) {
      return beginning.map(weighing::block).orElseGet(() -> weighing.line(line));
    }
    return beginning.map(weighing::named).orElseGet(() -> weighing.byName(line));
  }

  private boolean isDoubtful(int line) {
    return said(line, blocks.on(line)).stream().anyMatch(Problemed::isDoubtful)
        || blocks.on(line).stream().anyMatch(it -> blocks.repetition(it).isPresent());
  }

  /** The line with its verdict. */
  ImportedLine line(int index, Worth worth) {
    ReadLine line = lines.get(index);
    Optional<Block> lost = droppedAround(index);
    if (lost.isPresent()) {
      String why =
          lost.get().first() == index
              ? dropped.get(lost.get())
              : "inside " + lost.get().head().keyword() + " of line " + headLine(lost.get());
      return imported(index, Verdict.DROPPED, "", List.of(why));
    }
    if (line.use() == ReadLine.Use.SKIPPED) {
      String why = "its condition does not hold on this node; --config-id says which node is meant";
      return imported(index, Verdict.DROPPED, "", List.of(why));
    }
    if (isOutside(index)) {
      String why = "outside of any block, because a closing brace above it is too many";
      return imported(index, Verdict.DROPPED, "", List.of(why));
    }
    List<ConfigProblem> said = said(index, blocks.on(index));
    List<String> reasons = new ArrayList<>();
    said.forEach(it -> reasons.add(Problemed.reason(it)));
    Verdict verdict = verdict(index, worth, said, reasons);
    return imported(index, verdict, worth.became(), reasons);
  }

  /** A line with words that nobody reads: it stands behind a brace that ended its block. */
  private boolean isOutside(int index) {
    ReadLine line = lines.get(index);
    return line.use() == ReadLine.Use.STATEMENTS
        && blocks.on(index).isEmpty()
        && line.content().indexOf('$') < 0
        && line.content().indexOf('~') < 0
        && !line.content().replaceAll("[{}\\s]", "").isEmpty();
  }

  private static int headLine(Block block) {
    return block.head().place().line();
  }

  private Verdict verdict(int index, Worth worth, List<ConfigProblem> said, List<String> reasons) {
    boolean isDoubtful = said.stream().anyMatch(Problemed::isDoubtful);
    boolean isWholeBlock = blocks.beginning(index).isPresent();
    if (said.stream().anyMatch(Problemed::isDangerous) || (isDoubtful && isWholeBlock)) {
      return Verdict.DANGEROUS;
    }
    if (isDoubtful) {
      return worth.counts() ? Verdict.CHANGED : Verdict.DROPPED;
    }
    ReadLine line = lines.get(index);
    Optional<String> form = changedForm(line);
    if (form.isPresent()) {
      reasons.add(form.get());
      return Verdict.CHANGED;
    }
    Optional<Block> unused = unusedSecrets(index);
    if (unused.isPresent()) {
      int cause = lines.get(cause(unused.get())).place().line();
      reasons.add("it protects nothing: see what is said of line " + cause);
      return Verdict.DROPPED;
    }
    boolean isStructure = blocks.on(index).isEmpty() || blocks.beginning(index).isPresent();
    if (worth.counts() || isStructure) {
      if (!isStructure && worth.effect() == Worth.Effect.UNWRITTEN) {
        reasons.add("vipd.yaml means it without a word");
      }
      return Verdict.KEPT;
    }
    return idle(index, said, reasons);
  }

  private static Optional<String> changedForm(ReadLine line) {
    return switch (line.use()) {
      case DEFINITION -> Optional.of("what it stands for is written where it was used");
      case DIRECTIVE -> Optional.of("what it includes is part of the result");
      case CONDITIONAL -> Optional.of("its condition holds on this node, and the result is for it");
      default ->
          line.content().indexOf('$') >= 0 || line.content().indexOf('~') >= 0
              ? Optional.of("definitions and sequences are written out")
              : Optional.empty();
    };
  }

  /** A line without effect: it says what holds anyway, or another one counts. */
  private Verdict idle(int index, List<ConfigProblem> said, List<String> reasons) {
    Optional<Integer> again =
        blocks.on(index).stream().flatMap(it -> blocks.repetition(it).stream()).findFirst();
    if (again.isPresent()) {
      reasons.add("given again in line " + again.get() + ", which counts");
      return Verdict.DROPPED;
    }
    if (said.isEmpty() && isOfAnotherFile(index)) {
      reasons.add("no keyword of keepalived.conf");
      return Verdict.DROPPED;
    }
    if (said.isEmpty()) {
      reasons.add("holds without this line, too");
      return Verdict.KEPT;
    }
    return Verdict.DROPPED;
  }

  /** Whether a line at the top is none of keepalived, which is said once of the whole file. */
  private boolean isOfAnotherFile(int index) {
    return blocks.around(index).isEmpty()
        && blocks.on(index).stream().noneMatch(it -> KeepalivedReader.knows(it.keyword()));
  }

  /** The block of secrets that a line belongs to, when it is not used. */
  private Optional<Block> unusedSecrets(int index) {
    return blocks
        .beginning(index)
        .or(() -> blocks.around(index))
        .filter(it -> SecretText.isBlock(it.head().keyword()))
        .filter(it -> !weighing.block(it).counts());
  }

  /** The line of a block that says why it is not used; its first one when none does. */
  private int cause(Block block) {
    return IntStream.rangeClosed(block.first(), block.last())
        .filter(it -> said(it, blocks.on(it)).stream().anyMatch(Problemed::isDoubtful))
        .findFirst()
        .orElse(block.first());
  }

  private ImportedLine imported(int index, Verdict verdict, String became, List<String> reasons) {
    String shown = SecretText.hidden(contents, index).strip();
    return new ImportedLine(lines.get(index).place(), shown, verdict, became, reasons);
  }
}
