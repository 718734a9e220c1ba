package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.status.EventRecord;
import org.vipd.daemon.status.Explanation;
import org.vipd.daemon.tracking.Contribution;
import org.vipd.daemon.tracking.EffectivePriority;
import org.vipd.daemon.tracking.NamedRule;
import org.vipd.daemon.tracking.TrackRule;
import org.vipd.daemon.tracking.TrackedCheck;
import org.vipd.daemon.tracking.Verdict;
import org.vipd.protocol.machine.ActiveRouter;
import org.vipd.protocol.machine.StateKind;

/** Says in words why a router is in its state, and what would change that. */
final class Explainer {

  private static final List<String> IN_WORDS = List.of("none", "one", "two", "three");

  private final RouterContext context;
  private final ManagedRouter router;
  private final EffectivePriority priority;

  Explainer(RouterContext context, ManagedRouter router) {
    this.context = context;
    this.router = router;
    this.priority = router.view().priority();
  }

  Explanation explain() {
    List<EventRecord.CauseRecord> causes =
        router.chronicle().causes().stream()
            .map(
                it ->
                    new EventRecord.CauseRecord(
                        it.kind().name().toLowerCase(Locale.ROOT), it.text()))
            .toList();
    return new Explanation(causes, changes(), powerless());
  }

  private List<String> changes() {
    List<String> changes = new ArrayList<>();
    if (!router.readiness().isReady()) {
      router.readiness().obstacles().forEach(it -> changes.add(ofObstacle(it)));
      failed().forEach(it -> changes.add(recovery(it) + " before it counts"));
      return changes;
    }
    if (router.machine().kind() == StateKind.BACKUP) {
      changes.add(ofBackup());
    } else {
      changes.add(
          "it gives the addresses up when it stops, when a condition for running fails, or when it"
              + " hears a priority higher than "
              + priority.value());
    }
    for (Tracked it : weighted()) {
      if (it.check().verdict() == Verdict.BAD) {
        changes.add(recovery(it.check()) + ", and the priority changes by " + it.effect());
      }
    }
    return changes;
  }

  private static String ofObstacle(Obstacle obstacle) {
    if (obstacle.kind() == Obstacle.Kind.FOREIGN_OWNER) {
      return "it runs again when nobody answers for the address: " + obstacle.text();
    }
    if (obstacle.kind() == Obstacle.Kind.OTHER_DAEMON) {
      return "it runs again when nobody on this host has the address: " + obstacle.text();
    }
    boolean isWait = obstacle.text().startsWith("waiting for ");
    return (isWait
            ? "it runs again when it need not wait any more; now it is "
            : "it runs again when this ends: ")
        + obstacle.text();
  }

  private String ofBackup() {
    Optional<ActiveRouter> active = router.machine().activeRouter();
    if (active.isEmpty()) {
      return "it becomes MASTER when nobody is heard for a while longer";
    }
    int theirs = active.get().priority().value();
    String head =
        "it becomes MASTER when "
            + active.get().address()
            + " stops, or is not heard for about "
            + intervals(router.config().election().behaviour().downTimerAdverts())
            + " of its intervals";
    if (!router.config().election().preempts()) {
      return head + "; a lower priority of that router is not enough, because of nopreempt";
    }
    int ours = priority.value().value();
    return ours > theirs
        ? head + "; its priority " + theirs + " is lower than ours " + ours + " already"
        : head + ", or advertises a lower priority than ours (" + ours + "; it has " + theirs + ")";
  }

  private static String intervals(int count) {
    return count < IN_WORDS.size() ? IN_WORDS.get(count) : String.valueOf(count);
  }

  private static String recovery(TrackedCheck check) {
    CheckConfig config = check.config();
    int rise = config.thresholds().rise();
    return "check "
        + config.name()
        + " has to succeed "
        + (rise == 1 ? "once" : rise + " times in a row")
        + " (it runs every "
        + config.schedule().interval().toMillis() / 1000.0
        + " s)";
  }

  /** Checks and trackers that cannot change who is Active, each with the reason. */
  private List<String> powerless() {
    List<Influence> influences = new ArrayList<>();
    for (Tracked it : weighted()) {
      String name = it.check().config().name();
      int good = it.rule().contribution(Verdict.GOOD);
      influences.add(new Influence(name, it.rule().weight(), good, good - it.effect()));
    }
    for (NamedRule rule : context.tables().trackers().rules(router.config().extras().tracks())) {
      // what a file can add depends on the number in it
      if (rule.weight() != 0 && rule.kind() != TrackKind.FILE) {
        int good = rule.contribution(Optional.of(TrackerReading.of(true, "")));
        int bad = rule.contribution(Optional.of(TrackerReading.of(false, "")));
        influences.add(new Influence(rule.label(), rule.weight(), good, bad));
      }
    }
    List<String> found = new ArrayList<>();
    for (Influence it : influences) {
      why(it).ifPresent(reason -> found.add(it.name() + ": " + reason));
    }
    return found;
  }

  /**
   * What a check or tracker can do to the priority.
   *
   * @param good what it adds when it is good
   * @param bad what it adds when it is bad
   */
  private record Influence(String name, int weight, int good, int bad) {}

  private Optional<String> why(Influence it) {
    int whenGood = with(it.good());
    int whenBad = with(it.bad());
    int best = Math.max(whenGood, whenBad);
    int worst = Math.min(whenGood, whenBad);
    if (best == worst) {
      return Optional.of("the priority is " + best + " with and without it");
    }
    return ofPeer(it, worst, best);
  }

  /** The priority with what one check adds, and nothing else. */
  private int with(int contribution) {
    List<Contribution> only = List.of(new Contribution("", contribution));
    return new EffectivePriority(priority.base(), only).value().value();
  }

  /** Whether it moves our priority across that of the only other router we know. */
  private Optional<String> ofPeer(Influence it, int worst, int best) {
    Optional<ActiveRouter> active =
        router.machine().activeRouter().filter(other -> !other.priority().isResign());
    if (active.isEmpty() || priority.contributions().size() > 1) {
      return Optional.empty();
    }
    int theirs = active.get().priority().value();
    boolean isBelow = best < theirs;
    boolean isAbove = worst > theirs;
    return isBelow || isAbove
        ? Optional.of(
            "its weight "
                + it.weight()
                + " keeps our priority within "
                + worst
                + ".."
                + best
                + ", on the same side of "
                + theirs
                + ", the priority of "
                + active.get().address())
        : Optional.empty();
  }

  /**
   * A weighted check.
   *
   * @param effect what the priority gains when it becomes good
   */
  private record Tracked(TrackedCheck check, TrackRule rule, int effect) {}

  private List<Tracked> weighted() {
    List<Tracked> found = new ArrayList<>();
    for (CheckTrack track : router.config().tracks()) {
      Optional<TrackedCheck> check = context.tables().checks().find(track.checkName());
      if (check.isPresent()) {
        TrackRule rule = CheckRules.of(router.config(), track, check.get().config());
        int effect = rule.contribution(Verdict.GOOD) - rule.contribution(Verdict.BAD);
        if (rule.weight() != 0) {
          found.add(new Tracked(check.get(), rule, effect));
        }
      }
    }
    return found;
  }

  /** Checks that have to succeed before it can run; a reversed one has to fail. */
  private List<TrackedCheck> failed() {
    List<TrackedCheck> found = new ArrayList<>();
    for (CheckTrack track : router.config().tracks()) {
      Optional<TrackedCheck> check = context.tables().checks().find(track.checkName());
      if (check.isPresent()) {
        TrackRule rule = CheckRules.of(router.config(), track, check.get().config());
        if (rule.isFault(check.get().verdict()) && !rule.isReversed()) {
          found.add(check.get());
        }
      }
    }
    return found;
  }
}
