package org.vipd.daemon.boot;

import java.util.List;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.FilterJob;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NoticePort;
import org.vipd.daemon.port.ReleaseJob;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.daemon.status.DeliveryStatus;

/** Takes messages and scripts of {@link Rehearsal} and does nothing with them. */
final class Silence implements Journal, ScriptPort, NoticePort {

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
  public void prepareRelease(ReleaseJob job) {
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

  @Override
  public void configure(DaemonConfig config) {
    // nobody is told
  }

  @Override
  public void publish(Notice notice) {
    // nobody is told
  }

  @Override
  public List<DeliveryStatus> deliveries() {
    return List.of();
  }
}
