package org.vipd.daemon.port;

import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.status.DeliveryStatus;

/** Runs scripts away from the loop thread; results come back as events. */
public interface ScriptPort {

  /**
   * Replaces the set of periodic checks. One whose command is unchanged keeps its rhythm; a new one
   * runs at once.
   */
  void replaceChecks(List<CheckConfig> checks);

  /** Runs commands one after the other, after those submitted before for the same lane. */
  void runHooks(HookJob job);

  /**
   * Runs a script at once, beside all others. {@code Event.ReleasePrepared} tells of its end, also
   * of one that comes because its time is over or because it cannot be started.
   */
  void prepareRelease(ReleaseJob job);

  /** Changes the packet filter, after what was asked for before. */
  void changeFilter(FilterJob job);

  /** How many jobs were dropped because too many waited. */
  default long dropped() {
    return 0;
  }

  /**
   * Keeps programs running that have no end, such as readers of a pipe: one that ends is started
   * again, after a pause that grows when it ends at once. Replaces the set before.
   */
  default void keepRunning(List<CommandConfig> programs) {
    // a port without programs
  }

  /** Forgets lanes of {@link HookJob} that are not named once nothing of them runs or waits. */
  default void keepLanes(Set<String> lanes) {
    // a port without lanes
  }

  /** What became of the last hooks. */
  default List<DeliveryStatus> hookResults() {
    return List.of();
  }

  /**
   * Ends running checks, lets the hooks of {@link HookJob#isFinal} jobs finish within the time,
   * then kills what is left.
   */
  void stop(long graceNanos);
}
