package org.vipd.protocol.simulation;

import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.machine.Timing;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

/** Machines that wait for too long. */
final class BrokenTimers {
  private BrokenTimers() {}

  static Subject skewingLongest(RouterConfig config) {
    return new Delayed(config) {
      @Override
      long extra() {
        AdvertInterval interval = config().interval();
        VrrpVersion version = config().version();
        return Timing.skew(version, Priority.of(1), interval)
            - Timing.skew(version, config().effectivePriority(), interval);
      }
    };
  }

  static Subject extendingOnReload(RouterConfig config) {
    return new Delayed(config) {
      private long until = Long.MIN_VALUE;

      @Override
      Step reconfigure(RouterConfig after, long now) {
        Step step = super.reconfigure(after, now);
        until = now + 3 * after.interval().nanos();
        return step;
      }

      @Override
      long extra() {
        return Math.max(until, undelayed()) - undelayed();
      }
    };
  }

  static Subject ignoringFarewells(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step advertisement(Advertisement advertisement, IpAddress source, long now) {
        boolean isIgnored = advertisement.priority().isResign() && kind() == StateKind.BACKUP;
        return isIgnored ? Step.stay(state()) : super.advertisement(advertisement, source, now);
      }
    };
  }

  static Subject learningNothing(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step advertisement(Advertisement heard, IpAddress source, long now) {
        Advertisement withOurs =
            new Advertisement(
                heard.version(),
                heard.vrid(),
                heard.priority(),
                config().interval(),
                heard.addresses());
        return super.advertisement(withOurs, source, now);
      }
    };
  }

  /** A Backup that is due later than it should be. */
  private abstract static class Delayed extends Subject {
    Delayed(RouterConfig config) {
      super(config);
    }

    abstract long extra();

    long undelayed() {
      return super.deadlineNanos();
    }

    @Override
    long deadlineNanos() {
      return kind() == StateKind.BACKUP ? undelayed() + extra() : undelayed();
    }

    @Override
    Step tick(long now) {
      return now < deadlineNanos() ? Step.stay(state()) : super.tick(now);
    }
  }
}
