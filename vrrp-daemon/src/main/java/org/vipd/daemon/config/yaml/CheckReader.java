package org.vipd.daemon.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;

/** Reads {@code checks}. */
final class CheckReader {

  private final Reports reports;

  CheckReader(Reports reports) {
    this.reports = reports;
  }

  List<CheckConfig> read(List<Section> sections) {
    List<CheckConfig> checks = new ArrayList<>();
    for (Section it : sections) {
      Optional<Probe> probe = new ProbeReader(reports).read(it);
      Optional<CommandConfig> command =
          probe.map(CheckConfig::asked).or(() -> it.command("command"));
      command.ifPresent(found -> checks.add(check(it, found, probe)));
    }
    return checks;
  }

  private static CheckConfig check(Section it, CommandConfig command, Optional<Probe> probe) {
    return new CheckConfig(
        it.name(),
        it.place(),
        command,
        new CheckConfig.Schedule(
            it.usualTime("interval"), it.time("timeout").orElse(it.usualTime("interval"))),
        new CheckConfig.Thresholds(it.usualNumber("rise"), it.usualNumber("fall")),
        it.usualNumber("weight"),
        it.isOn("reverse"),
        probe);
  }
}
