package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.event.Cause;

/** What the loop is doing just now that explains what happens to all routers. */
final class Occasion {

  private Optional<Cause> current = Optional.empty();

  void begin(Cause cause) {
    current = Optional.of(cause);
  }

  void end() {
    current = Optional.empty();
  }

  Optional<Cause> current() {
    return current;
  }
}
