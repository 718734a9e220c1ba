package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.protocol.value.Priority;

/**
 * Turns a change of state into the scripts that keepalived would run: the one of the state, then
 * {@code notify}.
 */
final class Hooks {

  private static final String INSTANCE = "INSTANCE";
  private static final String GROUP = "GROUP";

  private final ScriptPort scripts;

  Hooks(ScriptPort scripts) {
    this.scripts = scripts;
  }

  void run(InstanceConfig config, DisplayState state, Priority priority) {
    Subject subject = new Subject(INSTANCE, config.name(), priority.value(), Set.of());
    run(config.hooks(), subject, state);
  }

  /**
   * The scripts of a group, after those of its members; its priority is told as 0, as keepalived
   * does.
   */
  void run(SyncGroup group, DisplayState state) {
    Subject subject = new Subject(GROUP, group.name(), 0, Set.copyOf(group.members()));
    run(group.hooks(), subject, state);
  }

  /**
   * Whom a script is told about.
   *
   * @param members whose scripts come first
   */
  private record Subject(String kind, String name, int priority, Set<String> members) {

    String lane() {
      return kind.equals(GROUP) ? groupLane(name) : name;
    }
  }

  private static String groupLane(String name) {
    return "group " + name;
  }

  private void run(HookConfig hooks, Subject subject, DisplayState state) {
    List<CommandConfig> commands = new ArrayList<>();
    occasion(state).flatMap(hooks::command).ifPresent(commands::add);
    if (state != DisplayState.INIT) {
      hooks
          .command(HookConfig.Occasion.ANY)
          .ifPresent(command -> commands.add(withArguments(command, subject, state)));
    }
    if (!commands.isEmpty()) {
      String occasion = subject.lane() + " " + state;
      boolean isFinal = state == DisplayState.STOP;
      scripts.runHooks(new HookJob(subject.lane(), occasion, commands, isFinal, subject.members()));
    }
  }

  /** Runs the script for an Active that hears another one of lower priority. */
  void rival(InstanceConfig config) {
    // a lane of its own, so that it never takes the place of a change of state
    String lane = rivalLane(config);
    config
        .hooks()
        .command(HookConfig.Occasion.RIVAL)
        .ifPresent(it -> scripts.runHooks(new HookJob(lane, lane, List.of(it), false)));
  }

  private static String rivalLane(InstanceConfig config) {
    return config.name() + " lower priority";
  }

  /** The lanes that scripts of a configuration may be run in. */
  static Set<String> lanes(DaemonConfig config) {
    Set<String> lanes = new HashSet<>();
    for (InstanceConfig instance : config.instances()) {
      lanes.add(instance.name());
      lanes.add(rivalLane(instance));
    }
    config.groups().forEach(it -> lanes.add(groupLane(it.name())));
    return lanes;
  }

  private static Optional<HookConfig.Occasion> occasion(DisplayState state) {
    return switch (state) {
      case INIT -> Optional.empty();
      case BACKUP -> Optional.of(HookConfig.Occasion.BACKUP);
      case MASTER -> Optional.of(HookConfig.Occasion.MASTER);
      case FAULT -> Optional.of(HookConfig.Occasion.FAULT);
      case STOP -> Optional.of(HookConfig.Occasion.STOP);
      case DELETED -> Optional.of(HookConfig.Occasion.DELETED);
    };
  }

  /** The command with what happened behind it, for a shell too. */
  private static CommandConfig withArguments(
      CommandConfig command, Subject subject, DisplayState state) {
    List<String> words = new ArrayList<>(command.words());
    words.add(subject.kind());
    words.add(subject.name());
    words.add(state.name());
    words.add(Integer.toString(subject.priority()));
    String quoted = "'" + subject.name().replace("'", "'\\''") + "'";
    String text =
        String.join(
            " ",
            command.text(),
            subject.kind(),
            quoted,
            state.name(),
            Integer.toString(subject.priority()));
    return command.with(text, words);
  }
}
