package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.testkit.Corpus;

/** Whatever becomes of a real configuration, reading it ends with problems that have places. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class CorpusFuzzTest {

  private static final long SEED = 4_711;

  /** Together with {@link MutationFuzzTest} a hundred thousand. */
  private static final int MUTANTS = 80_000;

  private static final int LENGTH_LIMIT = 4000;
  private static final SourceOptions OPTIONS = new SourceOptions("node", Map.of("A", "{"), SEED);
  private static final List<String> SNIPPETS =
      List.of(
          "$A=",
          "$A",
          "${A}",
          "${_ENV A}",
          "${",
          "\\\n",
          "~SEQ(i,1,9)",
          "~LST(v,a,{)",
          "~SEQ(",
          "@node ",
          "@^node ",
          "include none*",
          "includem {a,b",
          "\"",
          "'",
          "{",
          "}",
          "#",
          "!",
          "\\#",
          "\uFEFF",
          "\u00a0",
          "1e999",
          "-0",
          "0x",
          "255",
          "::",
          "fe80::1/129",
          "weight",
          "reverse",
          "no_track",
          "virtual_routes {",
          "track_file {",
          "auth_hmac {",
          "vrrp_strict\n",
          "use_vmac a/b",
          "garp_master_repeat 0",
          "vrrp_sync_group {",
          "unicast_peer {",
          "\r",
          "\t");

  @Test
  void survivesMutationsOfRealConfigurations() throws IOException {
    List<String> texts = texts();
    assertThat(texts).hasSizeGreaterThan(100);
    Random random = new Random(SEED);
    int usable = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String mutant = mutate(texts.get(random.nextInt(texts.size())), texts, random);
      usable += read(mutant, i) ? 1 : 0;
    }
    assertThat(usable).as("seed " + SEED).isBetween(MUTANTS / 20, MUTANTS * 19 / 20);
  }

  private static boolean read(String mutant, int number) {
    try {
      LoadResult result = KeepalivedReader.parse("k.conf", mutant, OPTIONS);
      long lines = mutant.lines().count() + 1;
      for (ConfigProblem problem : result.problems()) {
        Place place = problem.place();
        if (place.line() > lines || (place.line() == 0) != (place.column() == 0)) {
          fail("seed " + SEED + ", mutant " + number + ", place of " + problem + ":\n" + mutant);
        }
      }
      return result.config().isPresent();
    } catch (RuntimeException e) {
      return fail("seed " + SEED + ", mutant " + number + ":\n" + mutant, e);
    }
  }

  private static String mutate(String original, List<String> texts, Random random) {
    StringBuilder text = new StringBuilder(original);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, (char) (1 + random.nextInt(126)));
        case 2 -> text.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(60)));
        case 4 -> text.insert(lineStart(text, at), SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        default -> Corpus.splice(text, texts.get(random.nextInt(texts.size())), 200, random);
      }
    }
    return text.toString();
  }

  private static int lineStart(StringBuilder text, int at) {
    return text.lastIndexOf("\n", at) + 1;
  }

  /** The smaller files of both collections; large ones would take the time of many. */
  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : Corpus.files()) {
      texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    texts.removeIf(text -> text.isEmpty() || text.length() > LENGTH_LIMIT);
    return texts;
  }
}
