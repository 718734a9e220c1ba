package org.vipd.protocol.simulation;

import java.util.ArrayList;
import java.util.List;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.Active;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.Step;

/** A machine whose host makes it advertise before it is due, at three tenths of a second, once. */
final class EarlyRiser extends Subject {
  private static final long SECOND = 1_000_000_000L;
  private static final long PLACE = 300_000_000L;

  EarlyRiser(RouterConfig config) {
    super(config);
  }

  @Override
  Step tick(long now) {
    List<Action> actions = new ArrayList<>(whatIsEarly(now));
    actions.addAll(super.tick(now).actions());
    // after a delay one was due, and the place has passed as well
    actions.addAll(whatIsEarly(now));
    return new Step(state(), actions);
  }

  /** A shorter interval can put the place into the past: then it is the turn at once. */
  @Override
  Step reconfigure(RouterConfig after, long now) {
    List<Action> actions = new ArrayList<>(super.reconfigure(after, now).actions());
    actions.addAll(whatIsEarly(now));
    return new Step(state(), actions);
  }

  private List<Action> whatIsEarly(long now) {
    return earlyNanos() <= now ? advertiseEarly(earlyNanos(), now).actions() : List.of();
  }

  @Override
  long deadlineNanos() {
    return Math.min(super.deadlineNanos(), earlyNanos());
  }

  private long earlyNanos() {
    if (!(state() instanceof Active active)) {
      return Long.MAX_VALUE;
    }
    long last = active.advertiseAtNanos() - config().interval().nanos();
    long beyond = Math.floorMod(last - PLACE, SECOND);
    long early = last + SECOND - beyond;
    return beyond != 0 && early < active.advertiseAtNanos() ? early : Long.MAX_VALUE;
  }
}
