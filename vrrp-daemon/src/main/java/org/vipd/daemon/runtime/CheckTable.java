package org.vipd.daemon.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.tracking.TrackedCheck;

/**
 * The checks and their history. A check that is still there after a reload keeps its verdict until
 * results say otherwise: no address moves because a command was edited.
 */
final class CheckTable {

  private final Map<String, TrackedCheck> checks = new LinkedHashMap<>();

  void replaceAll(List<CheckConfig> configs) {
    Map<String, TrackedCheck> before = new LinkedHashMap<>(checks);
    checks.clear();
    for (CheckConfig config : configs) {
      TrackedCheck known = before.get(config.name());
      if (known != null) {
        known.redefine(config);
        checks.put(config.name(), known);
      } else {
        checks.put(config.name(), new TrackedCheck(config));
      }
    }
  }

  Optional<TrackedCheck> find(String name) {
    return Optional.ofNullable(checks.get(name));
  }

  /** Records a result; the check when its verdict changed. */
  Optional<TrackedCheck> accept(String name, CheckOutcome outcome) {
    TrackedCheck check = checks.get(name);
    return check != null && check.accept(outcome) ? Optional.of(check) : Optional.empty();
  }
}
