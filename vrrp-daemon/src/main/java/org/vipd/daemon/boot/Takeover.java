package org.vipd.daemon.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.ledger.LedgerFile;
import org.vipd.daemon.ledger.NetworkNamespace;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.service.RuntimeDirectory;

/**
 * {@code vipd run --takeover}: asks a running daemon to leave, but not for a process that could not
 * go on in its place; see docs/decisions/0046-look-before-takeover.md.
 */
final class Takeover {

  static final int FAILED = 1;
  static final int UNUSABLE_CONFIGURATION = 2;
  static final int NO_PERMISSION = 4;

  /** As long as the addresses last that the other one leaves. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Path runtimeDirectory;
  private final NetworkNamespace here;
  private final Ability ability;
  private final Journal journal;

  /** Whether this process may do what the other one did. */
  @FunctionalInterface
  interface Ability {

    /** Does nothing when it may. */
    void require() throws PortException;
  }

  /** Why the other daemon is not asked to leave. */
  static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    RefusedException(int exitStatus, String why) {
      super("the daemon that runs is not asked to leave, and goes on: " + why);
      this.exitStatus = exitStatus;
    }

    int exitStatus() {
      return exitStatus;
    }
  }

  Takeover(Path runtimeDirectory, NetworkNamespace here, Ability ability, Journal journal) {
    this.runtimeDirectory = runtimeDirectory;
    this.here = here;
    this.ability = ability;
    this.journal = journal;
  }

  /**
   * Asks the daemon to leave, when there is one.
   *
   * @return how long to wait for the lock of its directory
   * @throws RefusedException when this process could not go on in its place
   */
  Duration begin(DaemonConfig config, String file) throws RefusedException {
    Predecessor predecessor = new Predecessor(runtimeDirectory, journal);
    if (!predecessor.isThere()) {
      return Duration.ZERO;
    }
    if (config.instances().isEmpty()) {
      throw new RefusedException(
          UNUSABLE_CONFIGURATION,
          file
              + " defines no vrrp_instance, so every address would be given up; to do that on"
              + " purpose, stop it and start this one");
    }
    try {
      ability.require();
    } catch (PortException e) {
      throw new RefusedException(e.isPermissionDenied() ? NO_PERMISSION : FAILED, e.getMessage());
    }
    LedgerFile ledger = new LedgerFile(RuntimeDirectory.ledgerFile(runtimeDirectory), here);
    Optional<String> elsewhere = ledger.elsewhere();
    if (elsewhere.isPresent()) {
      throw new RefusedException(
          FAILED,
          elsewhere.get() + ", where its interfaces are not; start this one in that namespace");
    }
    return predecessor.leaves() ? PATIENCE : Duration.ZERO;
  }
}
