package org.vipd.daemon.port;

import java.util.List;
import java.util.Optional;

/**
 * Puts routes and rules into the kernel's tables and takes them out, a whole list in one batch and
 * in its order. A route whose table, destination and metric some route has already is not added,
 * nor is a rule that is there; only what was added here can be removed.
 */
public interface RoutePort {

  /** These are installed now: from now on the loop hears of those that others remove. */
  default void listen(List<RouteInstall> routes) {
    // nobody removes any
  }

  /**
   * These may be installed later: what can be done now, so that nothing holds the installation up,
   * and what {@link #listen} does.
   */
  default void prepare(List<RouteInstall> routes) {
    listen(routes);
  }

  /**
   * The form in which another process finds the route, and in which reports of losses name it: with
   * the number of its table. Empty when it cannot be installed.
   */
  default Optional<RouteInstall> recordable(RouteInstall route) {
    return Optional.of(route);
  }

  /** Installs routes. */
  Installed install(List<RouteInstall> routes);

  /** Removes routes. */
  Removed remove(List<RouteInstall> routes);

  /**
   * What became of a batch to install; what is in neither list was added.
   *
   * @param existing those beside which there is another one, or the same
   * @param failures those that could not be installed
   */
  record Installed(List<RouteInstall> existing, List<Failure> failures) {

    /** Everything was added. */
    public static final Installed ALL = new Installed(List.of(), List.of());

    public Installed {
      existing = List.copyOf(existing);
      failures = List.copyOf(failures);
    }
  }

  /**
   * What became of a batch to remove; what is in neither list was there and is gone.
   *
   * @param missing those that were not there
   * @param failures those that could not be removed
   */
  record Removed(List<RouteInstall> missing, List<Failure> failures) {

    /** Everything was removed. */
    public static final Removed ALL = new Removed(List.of(), List.of());

    public Removed {
      missing = List.copyOf(missing);
      failures = List.copyOf(failures);
    }
  }

  /**
   * A route that could not be installed or removed.
   *
   * @param route which
   * @param message what failed, why, and what may help
   */
  record Failure(RouteInstall route, String message) {}
}
