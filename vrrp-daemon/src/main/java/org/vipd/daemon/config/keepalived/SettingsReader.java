package org.vipd.daemon.config.keepalived;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.global.Settings.Value;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/**
 * Reads the keywords of one block that need no code of their own, and reports for all of them
 * whether they are known and have an effect.
 */
final class SettingsReader {

  /** Words that look as if they turned a flag off. */
  private static final Set<String> NEGATIVE = Set.of("off", "false", "no", "0", "never");

  /** Keywords of which not the last one counts; their readers say so. */
  private static final Set<String> KEPT = Set.of("state", "version");

  /** Keywords of which the first one counts. */
  private static final Set<String> FIRST =
      Set.of(
          "notify_fifo",
          "vrrp_notify_fifo",
          "notify_fifo_script",
          "vrrp_notify_fifo_script",
          "startup_script",
          "shutdown_script");

  /** Keywords with any number of words of which the last one counts. */
  private static final Set<String> LAST = Set.of("script");

  /** Flags that take each other back. */
  private static final Map<String, String> OPPOSITES =
      Map.of("nopreempt", "preempt", "no_accept", "accept");

  /** Keywords that name a pipe. */
  private static final Set<String> PIPES = Set.of("notify_fifo", "vrrp_notify_fifo");

  /** Keywords with readers of their own that take no sign for a value. */
  private static final Set<String> SIGN_REFUSED =
      Set.of("state", "interface", "virtual_router_id", "priority", "advert_int", "version");

  /** Numbers that keepalived cuts to their range instead of ignoring them. */
  private static final Set<String> CUT = Set.of("vrrp_rt_priority");

  /** Numbers that keepalived ignores when anything else is in them. */
  private static final Set<String> EXACT = Set.of("nftables_priority");

  /** Keywords that mean something whatever follows them. */
  private static final Set<String> ON_ANYWAY = Set.of("dynamic_interfaces");

  /** A number of which keepalived takes 1 for 0. */
  private static final String AT_LEAST_ONE = "smtp_connect_timeout";

  private final Values values;
  private final Scope scope;
  private final Map<String, Statement> latest = new HashMap<>();
  private final Map<String, Value> found = new HashMap<>();
  private final Map<String, CommandConfig> commands = new HashMap<>();
  private final Map<String, Place> commandPlaces = new HashMap<>();
  private boolean isBelowUnknown;

  SettingsReader(Values values, Scope scope) {
    this.values = values;
    this.scope = scope;
  }

  /**
   * Looks a statement up, reports what its keyword is worth and reads it when that needs no code of
   * its own; true when the caller has to read it.
   */
  boolean leaves(Statement statement) {
    Optional<Keyword> known = KeywordTable.get().find(scope, statement.keyword());
    if (known.isEmpty()) {
      if (!isBelowUnknown || !Values.isValue(statement)) {
        values.unknown(statement, scope);
      }
      isBelowUnknown = statement.block().isEmpty();
      return false;
    }
    isBelowUnknown = false;
    values.reportEffect(statement, known.get().effect());
    if (isWithoutBraces(statement, known.get())) {
      return false;
    }
    reportBraces(statement, known.get());
    reportSurplus(statement, known.get());
    if (FIRST.contains(statement.keyword()) && found.containsKey(statement.keyword())) {
      values.warning(
          statement.place(),
          statement.keyword() + " is given again; the first one counts, as in keepalived",
          "delete one");
      return false;
    }
    if (PIPES.contains(statement.keyword())
        && !statement.argument(0).map(values::isFileName).orElse(true)) {
      return false;
    }
    reportRepetition(statement, known.get());
    if (known.get().isOwn()) {
      return true;
    }
    value(known.get(), statement).ifPresent(value -> found.put(statement.keyword(), value));
    return false;
  }

  /** What needs braces means nothing without: keepalived takes the next block for its own. */
  private boolean isWithoutBraces(Statement statement, Keyword keyword) {
    if (!keyword.isBlock() || statement.block().isPresent()) {
      return false;
    }
    boolean isSecret = SecretText.isBlock(statement.keyword());
    String line =
        statement.words().stream()
            .limit(isSecret ? 1 : Long.MAX_VALUE)
            .filter(word -> !Habits.isSign(word))
            .map(word -> Habits.bare(word.text()))
            .filter(word -> !word.equals("(") && !word.equals("["))
            .collect(Collectors.joining(" "));
    String text = line + " has no block: its { is missing";
    if (statement.keyword().equals("vrrp_instance")) {
      values.error(statement.place(), text, "write: " + line + " {");
    } else {
      boolean isList = scope != Scope.ROOT && line.indexOf(' ') > 0;
      String hint =
          isList ? "write: " + line.replaceFirst(" ", " { ") + " }" : "write: " + line + " { ... }";
      if (isSecret) {
        values.unprotected(statement.place(), text + ", so it is ignored", hint);
      } else {
        values.leftOut(keyword.name(), statement.place(), text + ", so it is ignored", hint);
      }
    }
    return true;
  }

  /** keepalived takes what is in such braces for settings beside it, and ends the block there. */
  private void reportBraces(Statement statement, Keyword keyword) {
    boolean isOneLine = statement.arguments().size() > keyword.arguments();
    if (statement.block().isPresent() && !keyword.isBlock() && !isOneLine) {
      values.warning(
          statement.place(),
          statement.keyword() + " has no block: what is in its braces is ignored",
          "write each setting on a line of its own, without braces");
    }
  }

  /** Words that keepalived does not look at; some of them seem to say the contrary. */
  private void reportSurplus(Statement statement, Keyword keyword) {
    int taken = keyword.arguments();
    int words = statement.arguments().size();
    if (words <= taken) {
      return;
    }
    if (isRefused(keyword) && statement.argument(0).filter(Habits::isSign).isPresent()) {
      return;
    }
    if (statement.block().isPresent()) {
      reportOneLine(statement, taken);
      return;
    }
    Word word = statement.arguments().get(taken);
    boolean isNegative = taken == 0 && NEGATIVE.contains(word.text());
    values.surplus(
        word,
        isNegative
            ? statement.keyword()
                + " takes no value: "
                + Values.quoted(word)
                + " is ignored and "
                + statement.keyword()
                + " is set, as in keepalived"
            : Values.quoted(word) + " after " + statement.keyword() + " is ignored",
        isNegative
            ? "delete the line when it is not meant"
            : surplusHint(statement, statement.arguments().subList(taken, words)));
  }

  /** Whether a sign that stands for the value is said to be wrong where that is read. */
  private static boolean isRefused(Keyword keyword) {
    return switch (keyword.kind()) {
      case INT, SEC, SWITCH -> true;
      default -> SIGN_REFUSED.contains(keyword.name());
    };
  }

  /** A block on one line with all that is in it: of its settings keepalived sees the first. */
  private void reportOneLine(Statement statement, int taken) {
    Word word = statement.arguments().get(taken);
    if (scope == Scope.ROOT) {
      values.warning(
          word.place(),
          Values.quoted(word) + " after " + statement.keyword() + " is ignored",
          "a name is one word, or in double quotes");
    } else if (KeywordTable.get().find(scope, word.text()).isPresent()) {
      values.surplus(
          word,
          Values.quoted(word)
              + " after "
              + statement.keyword()
              + " is ignored, and what follows it",
          "write each setting on a line of its own");
    }
  }

  private String surplusHint(Statement statement, List<Word> surplus) {
    if (statement.argument(0).filter(Habits::isSign).isPresent()) {
      return "write: " + Habits.line(statement);
    }
    Optional<String> comment = Habits.comment(surplus.get(0).text());
    if (comment.isPresent()) {
      return comment.get();
    }
    boolean isKeyword = KeywordTable.get().find(scope, surplus.get(0).text()).isPresent();
    return isKeyword
        ? "write on a line of its own: "
            + surplus.stream().map(Word::text).collect(Collectors.joining(" "))
        : "delete it";
  }

  private void reportRepetition(Statement statement, Keyword keyword) {
    String flag = OPPOSITES.getOrDefault(keyword.name(), keyword.name());
    boolean isFlag = OPPOSITES.containsValue(flag);
    boolean isOne = keyword.arguments() == 1 && !KEPT.contains(keyword.name());
    if (statement.block().isPresent() || !(isFlag || isOne || LAST.contains(keyword.name()))) {
      return;
    }
    Statement before = latest.put(flag, statement);
    if (before == null) {
      return;
    }
    String place = statement.place().textFrom(before.place());
    if (!before.keyword().equals(statement.keyword())) {
      values.warning(
          before.place(),
          before.keyword()
              + " is taken back by "
              + statement.keyword()
              + " in "
              + place
              + ", as in keepalived",
          "delete one");
    } else if (!texts(before).equals(texts(statement))) {
      values.warning(
          before.place(),
          statement.keyword()
              + " is given again in "
              + place
              + "; the last one that can be used counts, as in keepalived",
          "delete one");
    }
  }

  private static List<String> texts(Statement statement) {
    return statement.arguments().stream().map(Word::text).toList();
  }

  /** What has been read. */
  Settings settings() {
    return new Settings(found);
  }

  /** Where a command stands that was read. */
  Optional<Place> place(String keyword) {
    return Optional.ofNullable(commandPlaces.get(keyword));
  }

  Optional<CommandConfig> command(String keyword) {
    return Optional.ofNullable(commands.get(keyword));
  }

  private Optional<Value> value(Keyword keyword, Statement statement) {
    return switch (keyword.kind()) {
      case FLAG -> Optional.of(new Value.Switch(true));
      case SWITCH -> values.toggle(statement).map(Value.Switch::new);
      case INT -> number(keyword, statement);
      case SEC -> time(keyword, statement);
      case WORD ->
          needed(keyword, statement, "a value")
              .flatMap(word -> listed(keyword.name(), statement, List.of(word.text())));
      case WORDS -> words(keyword, statement);
      case COMMAND -> command(statement);
      case OWN, BLOCK -> Optional.empty();
    };
  }

  private Optional<Value> number(Keyword keyword, Statement statement) {
    int lowest = (int) keyword.lowest();
    int highest = (int) keyword.highest();
    Optional<Word> word = needed(keyword, statement, "a number from " + lowest + " to " + highest);
    if (word.isPresent() && CUT.contains(keyword.name())) {
      return Optional.of(
          new Value.WholeNumber(values.numbers().cut(keyword.name(), word.get(), lowest, highest)));
    }
    OptionalInt number =
        word.isEmpty() ? OptionalInt.empty() : number(keyword.name(), word.get(), lowest, highest);
    if (keyword.name().equals(AT_LEAST_ONE) && number.equals(OptionalInt.of(0))) {
      values.finding(
          "V017",
          word.orElseThrow().place(),
          AT_LEAST_ONE + " must be more than 0, found 0; 1 is used",
          "write 1 or more");
      number = OptionalInt.of(1);
    }
    return number.isPresent()
        ? Optional.of(new Value.WholeNumber(number.getAsInt()))
        : Optional.empty();
  }

  private OptionalInt number(String keyword, Word word, int lowest, int highest) {
    Numbers numbers = values.numbers();
    if (EXACT.contains(keyword)) {
      return numbers.exact(keyword, word, lowest, highest, Numbers.LINE_IGNORED);
    }
    return numbers.whole(keyword, word, lowest, highest, Numbers.LINE_IGNORED);
  }

  private Optional<Word> needed(Keyword keyword, Statement statement, String what) {
    return keyword.alone() == Keyword.Alone.SKIPPED
        ? values.wanted(statement, what)
        : values.required(statement, what);
  }

  private Optional<Value> time(Keyword keyword, Statement statement) {
    String range = Values.number(keyword.lowest()) + " to " + Values.number(keyword.highest());
    return needed(keyword, statement, "a number of seconds from " + range)
        .flatMap(
            word ->
                values
                    .numbers()
                    .seconds(
                        keyword.name(),
                        word,
                        keyword.lowest(),
                        keyword.highest(),
                        Numbers.LINE_IGNORED))
        .map(Value.Time::new);
  }

  private Optional<Value> words(Keyword keyword, Statement statement) {
    if (keyword.alone() != Keyword.Alone.FINE && needed(keyword, statement, "a value").isEmpty()) {
      return Optional.empty();
    }
    return listed(keyword.name(), statement, texts(statement));
  }

  /** Words of which some keywords take only certain ones. */
  private Optional<Value> listed(String keyword, Statement statement, List<String> words) {
    Optional<OptionWords.Complaint> complaint = OptionWords.in(keyword, words);
    if (complaint.isPresent()) {
      int index = complaint.get().index();
      boolean isOn = ON_ANYWAY.contains(keyword);
      values.leftOut(
          keyword,
          statement.argument(index).map(Word::place).orElse(statement.place()),
          keyword
              + " "
              + complaint.get().text()
              + (isOn
                  ? "; the word is ignored, as in keepalived"
                  : "; the line is ignored, as in keepalived"),
          complaint.get().hint());
      return isOn ? Optional.of(new Value.Words(List.of())) : Optional.empty();
    }
    return Optional.of(new Value.Words(words));
  }

  private Optional<Value> command(Statement statement) {
    Optional<CommandConfig> command = new Commands(values).interpret(statement);
    command.ifPresent(it -> commands.put(statement.keyword(), it));
    command.ifPresent(it -> commandPlaces.put(statement.keyword(), statement.place()));
    return command.map(it -> new Value.Words(List.of(it.text())));
  }
}
