package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.port.FilterJob;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.ReleaseJob;
import org.vipd.daemon.port.ScriptPort;

/** Writes what would be run into the trace. */
public final class RecordingScripts implements ScriptPort {

  private final Trace trace;
  private final List<String> optional = new ArrayList<>();
  private List<String> checks = List.of();
  private long stopGraceNanos;

  RecordingScripts(Trace trace) {
    this.trace = trace;
  }

  @Override
  public void replaceChecks(List<CheckConfig> configs) {
    checks = configs.stream().map(CheckConfig::name).toList();
  }

  @Override
  public void changeFilter(FilterJob job) {
    if (!job.isOptional()) {
      trace.add("filter: " + job.command().words().get(1));
    } else {
      optional.add(job.command().words().get(1));
    }
  }

  /** Changes of the packet filter that may fail. */
  public List<String> optionalChanges() {
    return List.copyOf(optional);
  }

  @Override
  public void runHooks(HookJob job) {
    String commands =
        job.commands().stream()
            .map(command -> String.join(" ", command.words()))
            .collect(Collectors.joining(" && "));
    trace.add("hooks " + job.occasion() + (job.isFinal() ? " (final): " : ": ") + commands);
  }

  @Override
  public void prepareRelease(ReleaseJob job) {
    trace.add("before release of " + job.instance() + ": " + job.command().text());
  }

  @Override
  public void stop(long graceNanos) {
    trace.add("stop scripts");
    stopGraceNanos = graceNanos;
  }

  /** How long they were given to end. */
  public long stopGraceNanos() {
    return stopGraceNanos;
  }

  /** Names of the checks that would run. */
  public List<String> checks() {
    return checks;
  }
}
