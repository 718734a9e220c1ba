package org.vipd.daemon.config.keepalived;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.HookConfig.Occasion;
import org.vipd.daemon.config.keepalived.text.Statement;

/** The {@code notify*} scripts of an instance or a group. */
final class HookKeywords {

  private static final Map<String, Occasion> OCCASIONS =
      Arrays.stream(Occasion.values())
          .collect(Collectors.toUnmodifiableMap(Occasion::keyword, it -> it));

  private final Values values;
  private final Commands commands;
  private final Map<Occasion, CommandConfig> hooks = new EnumMap<>(Occasion.class);

  HookKeywords(Values values) {
    this.values = values;
    this.commands = new Commands(values);
  }

  /** Reads a statement; false when it names no script. */
  boolean accept(Statement statement) {
    Occasion occasion = OCCASIONS.get(statement.keyword());
    if (occasion == null) {
      return false;
    }
    Optional<CommandConfig> command = commands.interpret(statement);
    if (command.isPresent() && hooks.putIfAbsent(occasion, command.get()) != null) {
      values.warning(
          statement.place(),
          statement.keyword() + " is given twice; the first one is used",
          "delete one");
    }
    return true;
  }

  HookConfig config() {
    return new HookConfig(hooks);
  }
}
