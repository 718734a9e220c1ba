package org.vipd.daemon.config.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.global.GlobalConfig;

/** What the settings of {@code scripts} mean for every command of the file. */
final class CommandRights {

  private static final String SUPPLEMENTARY = "set_supplementary_groups";

  private final GlobalConfig.Scripts scripts;
  private final boolean hasSupplementaryGroups;

  private CommandRights(GlobalConfig global) {
    this.scripts = global.scripts();
    this.hasSupplementaryGroups = global.settings().isOn(SUPPLEMENTARY);
  }

  static DaemonConfig apply(DaemonConfig config) {
    return new CommandRights(config.global()).of(config);
  }

  private DaemonConfig of(DaemonConfig config) {
    boolean isUsual = !scripts.isSecure() && scripts.account().isEmpty() && !hasSupplementaryGroups;
    if (isUsual) {
      return config;
    }
    return new DaemonConfig(
        config.routerId(),
        config.instances().stream().map(this::of).toList(),
        config.checks().stream().map(this::of).toList(),
        config.groups().stream().map(this::of).toList(),
        config.trackers(),
        config.network(),
        of(config.global()));
  }

  private CommandConfig of(CommandConfig it) {
    Optional<Account> account = it.account().or(scripts::account).map(this::of);
    return new CommandConfig(it.text(), it.words(), account, scripts.isSecure());
  }

  private Account of(Account it) {
    return new Account(
        it.user(), it.group(), it.hasSupplementaryGroups() || hasSupplementaryGroups);
  }

  private Optional<CommandConfig> of(Optional<CommandConfig> command) {
    return command.map(this::of);
  }

  private HookConfig of(HookConfig hooks) {
    return new HookConfig(
        hooks.commands().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> of(it.getValue()))));
  }

  /** One without a script has nothing to guard. */
  private CheckConfig of(CheckConfig it) {
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

  private InstanceConfig of(InstanceConfig it) {
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

  private SyncGroup of(SyncGroup it) {
    return new SyncGroup(
        it.name(),
        it.place(),
        it.members(),
        it.checks(),
        it.tracks(),
        of(it.hooks()),
        it.settings());
  }

  private GlobalConfig of(GlobalConfig it) {
    List<GlobalConfig.Fifo> fifos =
        it.fifo().stream()
            .map(fifo -> new GlobalConfig.Fifo(fifo.path(), fifo.owner(), of(fifo.reader())))
            .toList();
    return new GlobalConfig(
        it.mail(),
        new GlobalConfig.Scripts(
            scripts.account().map(this::of),
            scripts.isSecure(),
            of(scripts.startup()),
            of(scripts.shutdown())),
        fifos,
        it.firewall(),
        it.startup(),
        it.settings());
  }
}
