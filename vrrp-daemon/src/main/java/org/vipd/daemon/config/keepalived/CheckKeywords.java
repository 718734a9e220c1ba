package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.probe.Probe;

/** The keywords of {@code vrrp_script}. */
final class CheckKeywords {

  private static final int SECONDS_LIMIT = 86_400;

  private static final int WEIGHT_LIMIT = 253;

  private final Values values;
  private final Commands commands;
  private Optional<CommandConfig> command = Optional.empty();
  private Optional<Account> account = Optional.empty();
  private Optional<Probe> probe = Optional.empty();
  private Duration interval = Duration.ofSeconds(1);
  private Optional<Duration> timeout = Optional.empty();
  private int rise = 1;
  private int fall = 1;
  private int weight;
  private boolean reversed;

  CheckKeywords(Values values) {
    this.values = values;
    this.commands = new Commands(values);
  }

  Optional<CheckConfig> interpret(Statement block) {
    Optional<Word> name = values.required(block, "a name");
    SettingsReader reader = new SettingsReader(values, Scope.SCRIPT);
    values.enter(block);
    block.children().stream().filter(reader::leaves).forEach(this::keyword);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (command.isPresent() && probe.isPresent()) {
      values.warning(
          block.place(),
          "vrrp_script " + name.get().text() + " has a script and a probe; the probe is used",
          "delete one of them");
    }
    command = probe.map(CheckConfig::asked).or(() -> command.map(this::withAccount));
    boolean isSaid =
        isWritten(block, "script")
            || isWritten(block, "probe")
            || values.isSaid("script", Scope.SCRIPT);
    if (command.isEmpty() && isSaid) {
      return Optional.empty();
    }
    if (command.isEmpty()) {
      values.warning(
          block.place(),
          "vrrp_script " + name.get().text() + " has no script and is left out, as in keepalived",
          "add: script \"...\"");
      return Optional.empty();
    }
    return Optional.of(
        new CheckConfig(
            name.get().text(),
            block.place(),
            command.get(),
            new CheckConfig.Schedule(interval, timeout.orElse(interval)),
            new CheckConfig.Thresholds(rise, fall),
            weight,
            reversed,
            probe));
  }

  /** What is wrong with it was said there. */
  private static boolean isWritten(Statement block, String keyword) {
    return TreePlaces.keyword(block.children(), keyword).isPresent();
  }

  private CommandConfig withAccount(CommandConfig found) {
    return account.map(found::as).orElse(found);
  }

  private void keyword(Statement statement) {
    switch (statement.keyword()) {
      case "script" -> command = commands.interpret(statement);
      case "probe" -> probe = new ProbeWords(values).read(statement);
      case "interval" ->
          interval = duration(statement, interval.toSeconds() + " s is used").orElse(interval);
      case "timeout" -> timeout = duration(statement, "the interval is used");
      case "rise" -> rise = values.numbers().whole(statement, 1, Integer.MAX_VALUE, rise);
      case "fall" -> fall = values.numbers().whole(statement, 1, Integer.MAX_VALUE, fall);
      case "weight" -> weight(statement);
      case "user" ->
          values
              .required(statement, "a user")
              .ifPresent(user -> account = commands.account(statement.arguments()));
      case "init_fail" -> ignoredInitFail(statement);
      default ->
          throw new IllegalStateException("no code reads the keyword " + statement.keyword());
    }
  }

  private void ignoredInitFail(Statement statement) {
    values.warning(
        statement.place(),
        "init_fail has no effect: an instance waits for the first result of its checks anyway",
        "delete it");
  }

  /** A time of the schedule; empty when it is ignored. */
  private Optional<Duration> duration(Statement statement, String instead) {
    return values
        .required(statement, "a number of seconds up to " + SECONDS_LIMIT)
        .flatMap(
            word ->
                values.duration(word.text(), 0, 0).isPresent()
                    ? Optional.of(oneForZero(statement))
                    : values
                        .numbers()
                        .leadingSeconds(statement.keyword(), word, SECONDS_LIMIT, instead));
  }

  private Duration oneForZero(Statement statement) {
    values.finding(
        "V017",
        statement.valuePlace(),
        statement.keyword()
            + " must be more than 0 and at most "
            + SECONDS_LIMIT
            + " seconds, found 0; 1 is used",
        "write 1 or more");
    return Duration.ofSeconds(1);
  }

  private void weight(Statement statement) {
    values
        .required(statement, "a number from -" + WEIGHT_LIMIT + " to " + WEIGHT_LIMIT)
        .ifPresent(
            word -> weight = values.numbers().cut("weight", word, -WEIGHT_LIMIT, WEIGHT_LIMIT));
    List<Word> rest = statement.arguments();
    if (rest.size() > 1) {
      reversed = rest.get(1).text().equals("reverse");
      if (!reversed) {
        values.warning(
            rest.get(1).place(),
            "unknown word " + Values.quoted(rest.get(1)) + " after weight is ignored",
            "only 'reverse' may follow");
      } else if (rest.size() > 2) {
        values.surplus(
            rest.get(2),
            Values.quoted(rest.get(2)) + " after weight and reverse is ignored",
            "delete it");
      }
    }
  }
}
