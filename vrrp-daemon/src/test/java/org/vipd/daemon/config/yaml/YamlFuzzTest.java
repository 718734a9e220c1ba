package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.check.Rules;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.write.YamlWriter;
import org.vipd.daemon.testkit.Corpus;

/**
 * The collected configurations, written as {@code vipd.yaml} and then damaged: no exception, and
 * every problem has a place in the text. {@code -Dvipd.yaml.mutants} asks for more.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class YamlFuzzTest {

  private static final long SEED = 20_261;
  private static final int MUTANTS = Integer.getInteger("vipd.yaml.mutants", 20_000);
  private static final int LENGTH_LIMIT = 2500;
  private static final Path FILE = Path.of("vipd.yaml");
  private static final YamlOptions OPTIONS = FixedSurroundings.FIRST.options();
  private static final List<String> SNIPPETS =
      List.of(
          "nodes: [10.0.0.1, 10.0.0.2]\n",
          "nodes:\n  - {name: lb1, addresses: [10.0.0.1, \"2001:db8::1\"]}\n",
          "addresses: [10.0.0.100/24, \"fe80::1/64\"]\n",
          "checks: [",
          "track: [{interface: eth1, weight: -5}]\n",
          "authentication: {type: hmac}\n",
          "secret: {environment: VIP_SECRET}",
          "secret: {file: /none}",
          "include: [none*]\n",
          "options: {vrrp-strict: true}\n",
          "order: [lb2, lb1]\n",
          "interface: auto\n",
          "start: master\n",
          "version: 2\n",
          "interval: 500ms\n",
          "interval: 1",
          "lease: 0s\n",
          "&a ",
          "*a",
          "<<: ",
          "!!int ",
          "---\n",
          "...\n",
          "? ",
          "- ",
          ": ",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "|\n",
          ">-\n",
          "#",
          "%YAML 1.1\n",
          "\t",
          "\r\n",
          "\u0085",
          "\uFEFF",
          "null",
          "no",
          "~",
          "0x7f",
          "1e999",
          "-1",
          "99999999999999999999",
          "::",
          "10.0.0.1/33");

  private record Mutant(String text, String origin) {}

  @Test
  void survivesMutationsOfRealConfigurations() throws IOException {
    List<String> texts = texts();
    assertThat(texts).hasSizeGreaterThan(100);
    Random random = new Random(SEED);
    int usable = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String text = mutate(texts.get(random.nextInt(texts.size())), texts, random);
      usable += read(new Mutant(text, "seed " + SEED + ", mutant " + i)) ? 1 : 0;
    }
    assertThat(usable).as("seed " + SEED).isBetween(MUTANTS / 100, MUTANTS * 19 / 20);
  }

  /** What earlier seeds found. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: \"\n\u0085\n",
        "",
        "\uFEFF",
        "---\n...\n",
        "vips: {? : 1}\n",
        "vips:\n  a: {addresses: [[]]}\n"
      })
  void survivesTexts(String text) {
    read(new Mutant(text, "named"));
  }

  private static boolean read(Mutant mutant) {
    try {
      YamlReader.Reading reading = YamlReader.parse(FILE, mutant.text(), OPTIONS);
      LoadResult result = reading.result();
      // what is understood of a wrong text is judged too
      reading
          .understood()
          .map(it -> new Node("vipd.yaml", it, reading.places(), new UnknownHost()))
          .ifPresent(it -> assertThat(Rules.apply(List.of(it))).doesNotContainNull());
      long lines = mutant.text().lines().count() + 1;
      for (ConfigProblem problem : result.problems()) {
        Place place = problem.place();
        boolean isThere = place.file().equals(FILE.toString()) && place.line() <= lines;
        if (!isThere || (place.line() == 0) != (place.column() == 0)) {
          fail(mutant.origin() + ", place of " + problem + ":\n" + mutant.text());
        }
      }
      boolean isExplained = result.problems().stream().anyMatch(ConfigProblem::isError);
      if (result.config().isEmpty() != isExplained) {
        fail(mutant.origin() + ", " + result.problems() + ":\n" + mutant.text());
      }
      return result.config().isPresent();
    } catch (RuntimeException | StackOverflowError e) {
      return fail(mutant.origin() + ":\n" + mutant.text(), e);
    }
  }

  private static String mutate(String original, List<String> texts, Random random) {
    StringBuilder text = new StringBuilder(original);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
      switch (random.nextInt(7)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, (char) (1 + random.nextInt(126)));
        case 2 -> text.insert(at, snippet);
        case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
        case 4 -> text.insert(text.lastIndexOf("\n", at) + 1, snippet);
        case 5 -> replaceValue(text, at, snippet);
        default -> Corpus.splice(text, texts.get(random.nextInt(texts.size())), 120, random);
      }
    }
    return text.toString();
  }

  /** What stands behind the next colon becomes something else. */
  private static void replaceValue(StringBuilder text, int at, String snippet) {
    int colon = text.indexOf(": ", at);
    int end = colon < 0 ? -1 : text.indexOf("\n", colon);
    if (end > 0) {
      text.replace(colon + 2, end, snippet.strip());
    }
  }

  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : Corpus.files()) {
      KeepalivedReader.read(file, new SourceOptions("test", Map.of(), 1))
          .config()
          .ifPresent(config -> texts.add(YamlWriter.text(config)));
    }
    texts.removeIf(text -> text.isEmpty() || text.length() > LENGTH_LIMIT);
    return texts;
  }
}
