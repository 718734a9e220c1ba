package org.vipd.protocol.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.Behaviour;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;

/** Machines that do the wrong things, or the right ones in the wrong order, at the right time. */
final class BrokenAnswers {
  private BrokenAnswers() {}

  static Subject neverAnnouncing(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step tick(long now) {
        return Fault.without(super.tick(now), Action.Announce.class::isInstance);
      }
    };
  }

  static Subject installingFirst(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step tick(long now) {
        boolean wasActive = kind() == StateKind.ACTIVE;
        Step step = super.tick(now);
        return wasActive ? step : rotated(step);
      }
    };
  }

  static Subject removingFirst(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step shutdown(ShutdownCause cause, long now) {
        return rotated(super.shutdown(cause, now));
      }
    };
  }

  static Subject neverAnswering(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step advertisement(Advertisement advertisement, IpAddress source, long now) {
        Step step = super.advertisement(advertisement, source, now);
        return advertisement.priority().isResign()
            ? step
            : Fault.without(step, Action.SendAdvertisement.class::isInstance);
      }
    };
  }

  static Subject alwaysAnswering(RouterConfig config) {
    return new Subject(config.withBehaviour(Behaviour.DEFAULT));
  }

  static Subject neverReporting(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step advertisement(Advertisement advertisement, IpAddress source, long now) {
        return Fault.without(
            super.advertisement(advertisement, source, now),
            Action.ReportConflict.class::isInstance);
      }
    };
  }

  /** The same with its first action done after all but the last. */
  private static Step rotated(Step step) {
    List<Action> actions = new ArrayList<>(step.actions());
    if (actions.size() > 1) {
      Collections.rotate(actions.subList(0, actions.size() - 1), -1);
    }
    return new Step(step.next(), actions);
  }
}
