package org.vipd.daemon.config.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.global.GlobalConfig;

/** What {@code secure: true} below {@code scripts} means for every command of the file. */
final class GuardedCommands {

  private GuardedCommands() {}

  static DaemonConfig of(DaemonConfig config) {
    if (!config.global().scripts().isSecure()) {
      return config;
    }
    return new DaemonConfig(
        config.routerId(),
        config.instances().stream().map(GuardedCommands::of).toList(),
        config.checks().stream().map(GuardedCommands::of).toList(),
        config.groups().stream().map(GuardedCommands::of).toList(),
        config.trackers(),
        config.network(),
        of(config.global()));
  }

  private static CommandConfig of(CommandConfig it) {
    return new CommandConfig(it.text(), it.words(), it.account(), true);
  }

  private static Optional<CommandConfig> of(Optional<CommandConfig> command) {
    return command.map(GuardedCommands::of);
  }

  private static HookConfig of(HookConfig hooks) {
    return new HookConfig(
        hooks.commands().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> of(it.getValue()))));
  }

  /** One without a script has nothing to guard. */
  private static CheckConfig of(CheckConfig it) {
    CommandConfig command = it.probe().isPresent() ? it.command() : of(it.command());
    return new CheckConfig(
        it.name(),
        it.place(),
        command,
        it.schedule(),
        it.thresholds(),
        it.weight(),
        it.isReversed(),
        it.probe());
  }

  private static InstanceConfig of(InstanceConfig it) {
    return new InstanceConfig(
        it.name(),
        it.place(),
        it.key(),
        it.version(),
        it.election(),
        it.transport(),
        it.authentication(),
        it.wire(),
        it.addresses(),
        it.tracks(),
        of(it.hooks()),
        it.extras());
  }

  private static SyncGroup of(SyncGroup it) {
    return new SyncGroup(
        it.name(),
        it.place(),
        it.members(),
        it.checks(),
        it.tracks(),
        of(it.hooks()),
        it.settings());
  }

  private static GlobalConfig of(GlobalConfig it) {
    GlobalConfig.Scripts scripts = it.scripts();
    List<GlobalConfig.Fifo> fifos =
        it.fifo().stream()
            .map(fifo -> new GlobalConfig.Fifo(fifo.path(), fifo.owner(), of(fifo.reader())))
            .toList();
    return new GlobalConfig(
        it.mail(),
        new GlobalConfig.Scripts(
            scripts.account(), true, of(scripts.startup()), of(scripts.shutdown())),
        fifos,
        it.firewall(),
        it.startup(),
        it.settings());
  }
}
