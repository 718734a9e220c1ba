package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.ProblemKind;

/**
 * Refuses on reload what a start accepts but what nobody means who has addresses to keep; see
 * docs/decisions/0014-reload-keeps-addresses.md.
 */
final class ReloadGuard {

  private final String file;
  private final DaemonConfig before;

  ReloadGuard(String file, DaemonConfig before) {
    this.file = file;
    this.before = before;
  }

  /** What an operator should know about a configuration without instances. */
  static String nothingToDo(String file) {
    return file
        + " defines no vrrp_instance: the daemon runs, and holds no address; is it the right file?";
  }

  /** The result as it is, or without its model and with one more error. */
  LoadResult examine(LoadResult read) {
    LoadResult result = read.withImpliedDevices();
    Optional<ConfigProblem> objection = result.config().flatMap(after -> objection(after, result));
    if (objection.isEmpty()) {
      return result.config().flatMap(after -> unprotected(after, result)).orElse(result);
    }
    return refused(result, objection.get(), List.of());
  }

  private static LoadResult refused(
      LoadResult result, ConfigProblem objection, List<ConfigProblem> instead) {
    List<ConfigProblem> problems = new ArrayList<>(result.problems());
    problems.removeAll(instead);
    problems.add(objection);
    return new LoadResult(Optional.empty(), problems, result.hash());
  }

  /**
   * Packets without a password are thrown away by the other nodes, which then take the addresses:
   * nobody means that who writes of one.
   */
  private Optional<LoadResult> unprotected(DaemonConfig after, LoadResult result) {
    if (result.problems().stream().noneMatch(it -> it.is(ProblemKind.Type.NO_AUTHENTICATION))) {
      return Optional.empty();
    }
    for (ConfigDiff.Change change : ConfigDiff.between(before, after).changed()) {
      boolean isLost = !isOpen(change.before()) && isOpen(change.after());
      Optional<ConfigProblem> cause =
          result.problems().stream()
              .filter(it -> isLost && it.is(ProblemKind.Type.NO_AUTHENTICATION))
              .filter(it -> isIn(change.after(), it.place(), after))
              .findFirst();
      if (cause.isPresent()) {
        ConfigProblem it = cause.get();
        ConfigProblem error =
            error(
                it.place(),
                change.after().name() + " would go on without authentication: " + it.text(),
                (it.hint().isEmpty() ? "" : it.hint() + "; ")
                    + "to do that on purpose, delete all that is about authentication");
        return Optional.of(refused(result, error, List.of(it)));
      }
    }
    return Optional.empty();
  }

  private static boolean isOpen(InstanceConfig instance) {
    return instance.authentication() instanceof AuthenticationConfig.None;
  }

  /** Whether no other instance begins between one and a place; what it includes may be its. */
  private static boolean isIn(InstanceConfig instance, Place place, DaemonConfig config) {
    Place start = instance.place();
    return !start.file().equals(place.file())
        || (start.compareTo(place) <= 0
            && config.instances().stream()
                .map(InstanceConfig::place)
                .filter(it -> it.file().equals(place.file()))
                .noneMatch(it -> it.compareTo(start) > 0 && it.compareTo(place) <= 0));
  }

  private Optional<ConfigProblem> objection(DaemonConfig after, LoadResult result) {
    if (!before.instances().isEmpty() && after.instances().isEmpty()) {
      return Optional.of(
          error(
              Place.ofFile(file),
              "defines no vrrp_instance, but "
                  + before.instances().size()
                  + " run: a reload would give up every address",
              "to do that on purpose, stop the daemon"));
    }
    return result.problems().stream()
        .filter(it -> it.is(ProblemKind.Type.BRACE))
        .findFirst()
        .filter(brace -> losesAddresses(after))
        .map(
            brace ->
                error(
                    brace.place(),
                    brace.kind().subject()
                        + ", and with it virtual addresses are gone: a block may have ended too"
                        + " early",
                    brace.hint()));
  }

  private boolean losesAddresses(DaemonConfig after) {
    ConfigDiff diff = ConfigDiff.between(before, after);
    return !diff.removed().isEmpty()
        || diff.changed().stream().anyMatch(it -> isShorter(it.before(), it.after()));
  }

  private static boolean isShorter(InstanceConfig before, InstanceConfig after) {
    return !after.addresses().containsAll(before.addresses());
  }

  private static ConfigProblem error(Place place, String text, String hint) {
    return new ConfigProblem(place, ConfigProblem.Severity.ERROR, text, hint);
  }
}
