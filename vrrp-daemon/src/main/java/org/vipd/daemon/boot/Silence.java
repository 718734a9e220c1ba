package org.vipd.daemon.boot;

import java.util.List;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.port.FilterJob;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.ScriptPort;

/** Takes messages and scripts of {@link Rehearsal} and does nothing with them. */
final class Silence implements Journal, ScriptPort {

  @Override
  public void info(String message) {
    // nothing happened
  }

  @Override
  public void warn(String message) {
    // nothing happened
  }

  @Override
  public void error(String message) {
    // expected: the interface does not exist
  }

  @Override
  public void debug(String message) {
    // nothing happened
  }

  @Override
  public void replaceChecks(List<CheckConfig> checks) {
    // there are none
  }

  @Override
  public void changeFilter(FilterJob job) {
    // there is none
  }

  @Override
  public void runHooks(HookJob job) {
    // there are none
  }

  @Override
  public void stop(long graceNanos) {
    // nothing runs
  }
}
