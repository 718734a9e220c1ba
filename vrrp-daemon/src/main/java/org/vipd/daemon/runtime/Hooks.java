package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.protocol.value.Priority;

/**
 * Turns a change of state into the scripts that keepalived would run: the one of the state, then
 * {@code notify}.
 */
final class Hooks {

  private final ScriptPort scripts;

  Hooks(ScriptPort scripts) {
    this.scripts = scripts;
  }

  void run(InstanceConfig config, DisplayState state, Priority priority) {
    List<CommandConfig> commands = new ArrayList<>();
    occasion(state).flatMap(config.hooks()::command).ifPresent(commands::add);
    if (state != DisplayState.INIT) {
      config
          .hooks()
          .command(HookConfig.Occasion.ANY)
          .ifPresent(command -> commands.add(withArguments(command, config, state, priority)));
    }
    if (!commands.isEmpty()) {
      String occasion = config.name() + " " + state;
      scripts.runHooks(new HookJob(config.name(), occasion, commands, state == DisplayState.STOP));
    }
  }

  private static Optional<HookConfig.Occasion> occasion(DisplayState state) {
    return switch (state) {
      case INIT -> Optional.empty();
      case BACKUP -> Optional.of(HookConfig.Occasion.BACKUP);
      case MASTER -> Optional.of(HookConfig.Occasion.MASTER);
      case FAULT -> Optional.of(HookConfig.Occasion.FAULT);
      case STOP -> Optional.of(HookConfig.Occasion.STOP);
    };
  }

  /** The command with what happened behind it, for a shell too. */
  private static CommandConfig withArguments(
      CommandConfig command, InstanceConfig config, DisplayState state, Priority priority) {
    List<String> words = new ArrayList<>(command.words());
    words.add("INSTANCE");
    words.add(config.name());
    words.add(state.name());
    words.add(Integer.toString(priority.value()));
    String quoted = "'" + config.name().replace("'", "'\\''") + "'";
    String text = command.text() + " INSTANCE " + quoted + " " + state + " " + priority;
    return command.with(text, words);
  }
}
