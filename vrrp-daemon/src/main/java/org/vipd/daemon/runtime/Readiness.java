package org.vipd.daemon.runtime;

import java.util.List;
import java.util.stream.Collectors;
import org.vipd.protocol.machine.ShutdownCause;

/**
 * Why a router is not running, as data; no obstacle means that it can run.
 *
 * @param obstacles in the order in which they should be mended
 */
record Readiness(List<Obstacle> obstacles) {

  static final Readiness READY = new Readiness(List.of());

  Readiness {
    obstacles = List.copyOf(obstacles);
  }

  boolean isReady() {
    return obstacles.isEmpty();
  }

  /** Whether this is a fault, and not only the wait for first results. */
  boolean isFault() {
    return obstacles.stream().anyMatch(it -> it.kind() != Obstacle.Kind.CHECK_PENDING);
  }

  /** How the router stops; without a farewell when the interface cannot carry one. */
  ShutdownCause shutdownCause() {
    if (has(Obstacle.Kind.INTERFACE_MISSING) || has(Obstacle.Kind.INTERFACE_DOWN)) {
      return ShutdownCause.LINK_DOWN;
    }
    return has(Obstacle.Kind.OTHER_DAEMON) ? ShutdownCause.OTHER_DAEMON : ShutdownCause.NOT_READY;
  }

  private boolean has(Obstacle.Kind kind) {
    return obstacles.stream().anyMatch(it -> it.kind() == kind);
  }

  /** Whether network and addresses are as they should be, so that a release can wait. */
  boolean isOnlyOfChecks() {
    return obstacles.stream()
        .allMatch(
            it ->
                it.kind() == Obstacle.Kind.CHECK_FAILED
                    || it.kind() == Obstacle.Kind.CHECK_PENDING
                    || it.kind() == Obstacle.Kind.GROUP);
  }

  String text() {
    return obstacles.stream().map(Obstacle::text).collect(Collectors.joining("; "));
  }
}
