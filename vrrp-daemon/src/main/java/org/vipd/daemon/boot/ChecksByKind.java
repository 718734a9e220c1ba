package org.vipd.daemon.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.check.ProbeRunner;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.port.FilterJob;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.ReleaseJob;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.daemon.status.DeliveryStatus;

/** Gives checks that need a process to the one that starts processes, and the others to threads. */
final class ChecksByKind implements ScriptPort {

  private final ScriptPort scripts;
  private final ProbeRunner probes;

  ChecksByKind(ScriptPort scripts, ProbeRunner probes) {
    this.scripts = scripts;
    this.probes = probes;
  }

  @Override
  public void replaceChecks(List<CheckConfig> checks) {
    List<CheckConfig> withProcess = new ArrayList<>();
    List<CheckConfig> without = new ArrayList<>();
    for (CheckConfig check : checks) {
      (check.probe().isPresent() ? without : withProcess).add(check);
    }
    scripts.replaceChecks(withProcess);
    probes.replace(without);
  }

  @Override
  public void runHooks(HookJob job) {
    scripts.runHooks(job);
  }

  @Override
  public void prepareRelease(ReleaseJob job) {
    scripts.prepareRelease(job);
  }

  @Override
  public void changeFilter(FilterJob job) {
    scripts.changeFilter(job);
  }

  @Override
  public long dropped() {
    return scripts.dropped();
  }

  @Override
  public void keepRunning(List<CommandConfig> programs) {
    scripts.keepRunning(programs);
  }

  @Override
  public void keepLanes(Set<String> lanes) {
    scripts.keepLanes(lanes);
  }

  @Override
  public List<DeliveryStatus> hookResults() {
    return scripts.hookResults();
  }

  @Override
  public void stop(long graceNanos) {
    probes.stop();
    scripts.stop(graceNanos);
  }
}
