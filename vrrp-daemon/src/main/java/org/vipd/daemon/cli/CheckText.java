package org.vipd.daemon.cli;

import org.vipd.daemon.status.InstanceStatus.CheckStatus;

/** Lines about a health check. */
final class CheckText {

  private CheckText() {}

  static String of(CheckStatus check) {
    return check.name()
        + " is "
        + check.state()
        + (check.weight() == 0 ? ", failure means FAULT" : ", weight " + check.weight())
        + ", "
        + check.runs()
        + " runs, "
        + check.failures()
        + " failed ("
        + check.failuresInARow()
        + " in a row), last: "
        + check.lastResult()
        + took(check);
  }

  /** Behind a command that mends it, a time would be read as a part of that. */
  private static String took(CheckStatus check) {
    return check.lastResult().startsWith("cannot be run")
        ? ""
        : " after " + check.lastSeconds() + " s";
  }

  /** What was not run, or asked without a process, has printed nothing: its result says all. */
  static String printed(CheckStatus check) {
    return check.lastResult().endsWith(check.output()) ? "" : check.output().strip();
  }
}
