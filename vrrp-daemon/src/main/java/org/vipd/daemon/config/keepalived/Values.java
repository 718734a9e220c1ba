package org.vipd.daemon.config.keepalived;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.FileName;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Reads typed arguments of a statement; what cannot be read becomes a problem with its place and
 * range.
 */
final class Values {

  /** Rules without a priority get this one and those before it, IPv4 and IPv6 apart. */
  private static final int FIRST_RULE_PRIORITY = 16_384;

  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

  /** What no keyword begins with. */
  private static final Pattern VALUE = Pattern.compile("[-\\d/'\"]|\\w+[.:]\\w");

  private static final String BEHIND = "write it behind, or delete the line";

  private final Problems problems;
  private final boolean isWhole;
  private final Set<String> reported = new HashSet<>();
  private ScriptDefaults scriptDefaults = ScriptDefaults.NONE;
  private List<Statement> siblings = List.of();
  private List<String> needed = List.of();
  private final Map<AddressFamily, Integer> rulePriorities = new EnumMap<>(AddressFamily.class);

  Values(Problems problems) {
    this.problems = problems;
    this.isWhole = !problems.hasErrors();
  }

  /** Whether nothing was wrong with the text, so that what is not there is not written. */
  boolean isWhole() {
    return isWhole;
  }

  /** The brace behind which a block lost something. */
  Optional<ConfigProblem> tear(Statement block) {
    return problems.tear(block.place());
  }

  /** Says what a block lacks because of that brace. */
  void lost(ConfigProblem brace, String text) {
    problems.lost(brace, text);
  }

  /** The priority of the next rule that has none: each goes before the last one. */
  int nextRulePriority(AddressFamily family) {
    return FIRST_RULE_PRIORITY + 1 - rulePriorities.merge(family, 1, Integer::sum);
  }

  /** The first argument, or an error that names what is missing. */
  Optional<Word> required(Statement statement, String what) {
    Optional<Word> argument = statement.argument(0);
    if (argument.isEmpty()) {
      problems.add(
          new ConfigProblem(
              statement.place(),
              ConfigProblem.Severity.ERROR,
              statement.keyword() + " needs " + what,
              BEHIND,
              ProblemKind.leftOut(statement.keyword())));
    }
    return argument;
  }

  /** Whether a file can have this name; says so when not. */
  boolean isFileName(Word word) {
    Optional<String> objection = FileName.objection(word.text());
    objection.ifPresent(it -> problems.error(word.place(), it, FileName.HINT));
    return objection.isEmpty();
  }

  /** The first argument of a statement that keepalived skips without one, with a warning. */
  Optional<Word> wanted(Statement statement, String what) {
    Optional<Word> argument = statement.argument(0);
    if (argument.isEmpty()) {
      problems.warning(
          statement.place(),
          statement.keyword() + " needs " + what + "; it is skipped, as in keepalived",
          BEHIND);
    }
    return argument;
  }

  /** The first argument as a whole number within a range. */
  OptionalInt integer(Statement statement, int min, int max) {
    Optional<Word> word = required(statement, "a number from " + min + " to " + max);
    return word.isEmpty()
        ? OptionalInt.empty()
        : integer(statement.keyword(), word.get(), min, max);
  }

  /** A word as a whole number within a range. */
  OptionalInt integer(String keyword, Word word, int min, int max) {
    OptionalLong value = Digits.whole(word.text());
    if (value.isPresent() && value.getAsLong() >= min && value.getAsLong() <= max) {
      return OptionalInt.of((int) value.getAsLong());
    }
    problems.error(
        word.place(),
        keyword + " must be a whole number from " + min + " to " + max + ", found " + quoted(word),
        Habits.whole(word).orElse(""));
    return OptionalInt.empty();
  }

  /** Decimal seconds within a range; empty for anything else, and nothing is reported. */
  Optional<Duration> duration(String text, double min, double max) {
    return Digits.decimal(text)
        .filter(value -> value.compareTo(BigDecimal.valueOf(min)) >= 0)
        .filter(value -> value.compareTo(BigDecimal.valueOf(max)) <= 0)
        .map(value -> value.multiply(NANOS_PER_SECOND).setScale(0, RoundingMode.HALF_UP))
        .map(nanos -> Duration.ofNanos(nanos.longValueExact()));
  }

  /** An optional switch: the keyword alone means on, and so does a word that cannot be read. */
  boolean flag(Statement statement) {
    return toggle(statement).orElse(true);
  }

  /** An optional switch: the keyword alone means on; empty when its word cannot be read. */
  Optional<Boolean> toggle(Statement statement) {
    Optional<Word> word = statement.argument(0);
    if (word.isEmpty()) {
      return Optional.of(true);
    }
    switch (word.get().text()) {
      case "true", "on", "yes" -> {
        return Optional.of(true);
      }
      case "false", "off", "no" -> {
        return Optional.of(false);
      }
      default -> {
        problems.warning(
            word.get().place(),
            statement.keyword() + " must be on or off, found " + quoted(word.get()) + "; ignored",
            "write true, on, yes, false, off or no in lower case");
        return Optional.empty();
      }
    }
  }

  /** A word as an IP address; names are never looked up, and nothing else is used. */
  Optional<IpAddress> addressIfAny(Word word) {
    Optional<IpAddress> address = IpAddress.parse(word.text());
    if (address.isEmpty()) {
      problems.warning(
          word.place(),
          quoted(word) + " is not an IP address and is ignored, as in keepalived",
          Habits.literal(word));
    }
    return address;
  }

  /** An address that may carry a prefix length, which says nothing here and is left out. */
  Optional<IpAddress> host(Word word) {
    int slash = word.text().indexOf('/');
    return IpAddress.parse(slash < 0 ? word.text() : word.text().substring(0, slash));
  }

  /** Says which block is read now. */
  void enter(Statement block) {
    siblings = block.children();
    needed = MissingKeywords.in(block);
  }

  /**
   * Whether the block that is read now has a keyword without its value, or misspelt: that was said.
   */
  boolean isSaid(String keyword, Scope scope) {
    return siblings.stream()
        .anyMatch(
            it ->
                it.keyword().equals(keyword)
                    ? it.words().size() == 1 && it.block().isEmpty()
                    : KeywordTable.get().find(scope, it.keyword()).isEmpty()
                        && new Guess(it, scope).isOneOf(List.of(keyword)));
  }

  /**
   * The line of the block that is read now which gives a setting again, the last one; empty when
   * the word stands in the last one already.
   */
  Optional<Place> placeAfter(Word word) {
    Optional<Statement> own =
        siblings.stream().filter(it -> it.argument(0).filter(word::equals).isPresent()).findFirst();
    return own.flatMap(
            it -> TreePlaces.keyword(siblings, it.keyword()).filter(last -> !last.equals(it)))
        .map(Statement::place);
  }

  /** Numbers that keepalived runs without. */
  Numbers numbers() {
    return new Numbers(this);
  }

  /**
   * Says that a keyword is not known here; without some of them an instance cannot be, and then it
   * is an error.
   */
  void unknown(Statement statement, Scope scope) {
    Guess guess = new Guess(statement, scope);
    Optional<String> hint = problems.keepsWarnings() ? guess.hint() : Optional.empty();
    boolean isBlock = statement.block().isPresent();
    boolean isNeeded = problems.keepsErrors() && guess.isOneOf(needed);
    boolean isRefused = isNeeded && scope == Scope.INSTANCE;
    String text =
        "unknown " + (isBlock ? "block " : "keyword ") + keyword(statement) + " " + scope.text();
    problems.add(
        new ConfigProblem(
            statement.place(),
            isRefused ? ConfigProblem.Severity.ERROR : ConfigProblem.Severity.WARNING,
            text
                + (isRefused
                    ? ", which has no " + guess.meant().orElseThrow() + " without it"
                    : " is ignored" + consequence(statement, scope, isNeeded)),
            hint.orElse(isBlock ? "everything up to its closing brace is skipped" : ""),
            problems.keepsWarnings() ? guess.kind() : ProblemKind.PLAIN));
  }

  private String consequence(Statement statement, Scope scope, boolean isNeeded) {
    if (isNeeded) {
      return ", so the block is left out, as in keepalived";
    }
    boolean isBlock = statement.block().isPresent();
    if (isBlock && scope == Scope.INSTANCE) {
      return "; keepalived would ignore the rest of the instance too";
    }
    return !isBlock && problems.keepsWarnings() && hasValuesBelow(statement)
        ? ", and so are the values below it"
        : "";
  }

  private boolean hasValuesBelow(Statement statement) {
    int next = siblings.indexOf(statement) + 1;
    return next > 0 && next < siblings.size() && isValue(siblings.get(next));
  }

  /** Whether a line can be no keyword, but a value of what is above it. */
  static boolean isValue(Statement statement) {
    return statement.block().isEmpty() && VALUE.matcher(statement.keyword()).lookingAt();
  }

  /** Says that a block has a keyword that it does not know. */
  void unknownIn(Statement statement, String block, List<String> known) {
    unknownIn(statement, block, known, " is ignored");
  }

  /** The same with what follows from it. */
  void unknownIn(Statement statement, String block, List<String> known, String consequence) {
    boolean isHidden =
        SecretText.isBlock(block)
            && statement.arguments().isEmpty()
            && Similar.to(statement.keyword(), known).isEmpty();
    String text =
        "unknown keyword "
            + (isHidden ? "(not shown)" : keyword(statement))
            + " in "
            + block
            + consequence;
    String hint =
        Habits.keyword(statement)
            .map(ignored -> "write: " + Habits.line(statement))
            .or(() -> Similar.hint(statement.keyword(), known))
            .orElse("known: " + String.join(", ", known));
    problems.warning(
        statement.place(),
        text,
        hint,
        SecretText.isBlock(block) ? ProblemKind.NO_AUTHENTICATION : ProblemKind.PLAIN);
  }

  /** A keyword that is not known may have a secret stuck to it. */
  private static String keyword(Statement statement) {
    Word word = statement.words().get(0);
    boolean isPlain = word.text().matches("auth_pass(?:word|wd|phrase)?");
    return quoted(isPlain ? word : new Word(SecretText.hidden(word.text()), word.place()));
  }

  /** Says, once for each keyword, that it changes nothing. */
  void reportEffect(Statement statement, Keyword.Effect effect) {
    if (effect == Keyword.Effect.YES || !reported.add(statement.keyword())) {
      return;
    }
    if (effect == Keyword.Effect.LATER) {
      problems.add(ConfigProblem.notYet(statement.place(), statement.keyword()));
    } else {
      problems.add(ConfigProblem.noMeaning(statement.place(), statement.keyword()));
    }
  }

  /** Says something once for all places it holds at. */
  void warnOnce(Place place, String text, String hint) {
    if (reported.add(text)) {
      problems.warning(place, text, hint);
    }
  }

  /** The same where nothing is done about something yet. */
  void notYetOnce(Place place, String what) {
    if (reported.add(what)) {
      problems.add(ConfigProblem.notYet(place, what, ""));
    }
  }

  /** As whom scripts run that do not say so. */
  ScriptDefaults scriptDefaults() {
    return scriptDefaults;
  }

  void useScriptDefaults(ScriptDefaults defaults) {
    scriptDefaults = defaults;
  }

  boolean hasErrors() {
    return problems.hasErrors();
  }

  /** Says something that a rule of the check command is about. */
  void finding(String rule, Place place, String text, String hint) {
    problems.add(new ConfigProblem(place, ConfigProblem.Severity.WARNING, text, hint, rule));
  }

  /** Says that packets go out without what was to protect them. */
  void unprotected(Place place, String text, String hint) {
    problems.warning(place, text, hint, ProblemKind.NO_AUTHENTICATION);
  }

  /** Says why a keyword that is written is not used. */
  void leftOut(String keyword, Place place, String text, String hint) {
    problems.warning(place, text, hint, ProblemKind.leftOut(keyword));
  }

  /** Says what becomes of a word that nobody reads. */
  void surplus(Word word, String text, String hint) {
    problems.warning(word.place(), text, hint, ProblemKind.SURPLUS);
  }

  void add(ConfigProblem problem) {
    problems.add(problem);
  }

  void note(Place place, String text, String hint) {
    problems.note(place, text, hint);
  }

  void error(Place place, String text, String hint) {
    problems.error(place, text, hint);
  }

  void warning(Place place, String text, String hint) {
    problems.warning(place, text, hint);
  }

  static String quoted(Word word) {
    String text = SecretText.withoutPassword(word.text());
    return "'" + (text.length() > 60 ? text.substring(0, 57) + "..." : text) + "'";
  }

  /** A number as an operator writes it. */
  static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
