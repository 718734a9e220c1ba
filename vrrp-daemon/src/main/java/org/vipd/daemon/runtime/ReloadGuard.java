package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      return result;
    }
    List<ConfigProblem> problems = new ArrayList<>(result.problems());
    problems.add(objection.get());
    return new LoadResult(Optional.empty(), problems, result.hash());
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
