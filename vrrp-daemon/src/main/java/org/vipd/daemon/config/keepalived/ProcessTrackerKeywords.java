package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.ProcessTracker.Parameters;

/** The keywords of {@code vrrp_track_process}. */
final class ProcessTrackerKeywords {

  private static final int WEIGHT_LIMIT = 254;
  private static final int QUORUM_LIMIT = 65_535;

  private final Values values;
  private final SettingsReader reader;
  private final WeightDraft weight;
  private Optional<CommandConfig> command = Optional.empty();
  private Parameters parameters = Parameters.AUTOMATIC;

  ProcessTrackerKeywords(Values values) {
    this.values = values;
    this.reader = new SettingsReader(values, Scope.PROCESS);
    this.weight = new WeightDraft(values, WEIGHT_LIMIT, 0);
  }

  Optional<ProcessTracker> interpret(Statement block) {
    Optional<Word> name = values.required(block, "a name");
    values.enter(block);
    block.children().stream().filter(reader::leaves).forEach(this::keyword);
    if (name.isPresent() && command.isEmpty()) {
      if (!values.isSaid("process", Scope.PROCESS)) {
        values.warning(
            block.place(),
            "vrrp_track_process "
                + name.get().text()
                + " has no process and is left out, as in keepalived",
            "add: process NAME");
      }
      return Optional.empty();
    }
    return name.map(word -> tracker(word.text(), block));
  }

  private ProcessTracker tracker(String name, Statement block) {
    Settings settings = reader.settings();
    Duration both = settings.time("delay").orElse(Duration.ZERO);
    int highest = (int) settings.number("quorum_max").orElse(QUORUM_LIMIT);
    int lowest = highest == 0 ? 0 : (int) settings.number("quorum").orElse(1);
    if (lowest > highest) {
      values.warning(
          block.place(),
          "vrrp_track_process "
              + name
              + " asks for at least "
              + lowest
              + " and at most "
              + highest
              + "; quorum_max is ignored, as in keepalived",
          "quorum must not be larger than quorum_max");
      highest = QUORUM_LIMIT;
    }
    return new ProcessTracker(
        name,
        block.place(),
        command.orElseThrow(),
        new ProcessTracker.Match(parameters, settings.isOn("full_command")),
        new ProcessTracker.Quorum(lowest, highest),
        new ProcessTracker.Delays(
            settings.time("fork_delay").orElse(both),
            settings.time("terminate_delay").orElse(both)),
        weight.value(),
        weight.isReversed());
  }

  private void keyword(Statement statement) {
    switch (statement.keyword()) {
      case "process" -> process(statement);
      case "weight" -> weight.read(statement);
      default -> match(statement);
    }
  }

  private void process(Statement statement) {
    Optional<Word> first = values.required(statement, "the name of a program");
    if (command.isPresent()) {
      values.warning(
          statement.place(),
          "process is given again; the first one counts, as in keepalived",
          "delete one");
      return;
    }
    if (first.isPresent() && !first.get().text().isEmpty()) {
      reportSetting(statement);
      var words = statement.arguments().stream().map(Word::text).toList();
      command = Optional.of(new CommandConfig(String.join(" ", words), words));
    }
  }

  /** A setting behind the program is one of its arguments, without which it is not found. */
  private void reportSetting(Statement statement) {
    List<Word> arguments = statement.arguments().subList(1, statement.arguments().size());
    arguments.stream()
        .filter(it -> !it.isQuoted())
        .filter(it -> KeywordTable.get().find(Scope.PROCESS, it.text()).isPresent())
        .findFirst()
        .ifPresent(
            it ->
                values.warning(
                    it.place(),
                    Values.quoted(it)
                        + " is taken for an argument of the program, and only a process with it"
                        + " counts",
                    "write on a line of its own: "
                        + arguments.subList(arguments.indexOf(it), arguments.size()).stream()
                            .map(Word::text)
                            .collect(Collectors.joining(" "))));
  }

  private void match(Statement statement) {
    String word = statement.argument(0).map(Word::text).orElse("exact");
    switch (word) {
      case "exact" -> parameters = Parameters.EXACT;
      case "initial" -> parameters = Parameters.INITIAL;
      case "partial" -> parameters = Parameters.PARTIAL;
      default ->
          values.warning(
              statement.valuePlace(),
              "param_match must be initial or partial, found '" + word + "'; it is ignored",
              "write initial or partial, or delete the line");
    }
  }
}
