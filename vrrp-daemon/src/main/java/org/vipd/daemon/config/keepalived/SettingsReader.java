package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.global.Settings.Value;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/**
 * Reads the keywords of one block that need no code of their own, and reports for all of them
 * whether they are known and have an effect.
 */
final class SettingsReader {

  private final Values values;
  private final Scope scope;
  private final Map<String, Value> found = new HashMap<>();
  private final Map<String, CommandConfig> commands = new HashMap<>();

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
      values.unknown(statement, scope);
      return false;
    }
    values.reportEffect(statement, known.get().effect());
    if (known.get().kind() == Keyword.Kind.OWN) {
      return true;
    }
    value(known.get(), statement).ifPresent(value -> found.put(statement.keyword(), value));
    return false;
  }

  /** What has been read. */
  Settings settings() {
    return new Settings(found);
  }

  Optional<CommandConfig> command(String keyword) {
    return Optional.ofNullable(commands.get(keyword));
  }

  private Optional<Value> value(Keyword keyword, Statement statement) {
    return switch (keyword.kind()) {
      case FLAG -> Optional.of(new Value.Switch(true));
      case SWITCH -> values.toggle(statement).map(Value.Switch::new);
      case INT -> number(keyword, statement);
      case SEC ->
          values
              .seconds(statement, keyword.lowest(), keyword.highest())
              .map((Duration time) -> new Value.Time(time));
      case WORD ->
          values.required(statement, "a value").map(word -> new Value.Words(List.of(word.text())));
      case WORDS -> Optional.of(words(statement));
      case COMMAND -> command(statement);
      case OWN -> Optional.empty();
    };
  }

  private Optional<Value> number(Keyword keyword, Statement statement) {
    OptionalInt number = values.integer(statement, (int) keyword.lowest(), (int) keyword.highest());
    return number.isPresent()
        ? Optional.of(new Value.WholeNumber(number.getAsInt()))
        : Optional.empty();
  }

  private static Value words(Statement statement) {
    return new Value.Words(statement.arguments().stream().map(Word::text).toList());
  }

  private Optional<Value> command(Statement statement) {
    Optional<CommandConfig> command = new Commands(values).interpret(statement);
    command.ifPresent(it -> commands.put(statement.keyword(), it));
    return command.map(it -> new Value.Words(List.of(it.text())));
  }
}
