package org.vipd.daemon.status;

import java.util.List;

/**
 * What reading the configuration again does, or would do.
 *
 * @param usable whether the file can be used at all
 * @param applied whether it is in force now
 * @param generation number of the configuration in force after this
 * @param message one sentence for the operator
 * @param problems errors and warnings found in the file
 * @param changes what changes, one line each; empty when nothing does
 * @param movesAddresses whether an address leaves this node because of it, or may
 */
public record ReloadReport(
    boolean usable,
    boolean applied,
    int generation,
    String message,
    List<String> problems,
    List<String> changes,
    boolean movesAddresses) {

  public ReloadReport {
    problems = List.copyOf(problems);
    changes = List.copyOf(changes);
  }
}
