package org.vipd.daemon.notify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.status.DeliveryStatus;

/**
 * What one receiver is still to be told: for each instance or group and each kind of notice at most
 * one, the newest, in the order in which they came. A newer state takes the place of all that waits
 * of its instance: what was said before it is no longer so. A failed notice is tried again until a
 * newer one takes its place or the tries are used up, and nothing else of its instance meanwhile.
 * The lanes of an instance that the configuration has no longer end with their last notice.
 */
final class Lanes {

  /** Lanes beside those of the configuration; beyond all of them notices are refused. */
  private static final int SPARE = 64;

  /** A lane: instance or group, and priority changes apart from states. */
  private record Key(Notice.Subject subject, Notice.Kind kind) {}

  /** How long nothing is tried after a failure; all lanes that have to wait together share it. */
  private static final class Pause {
    private long nanos;
    private long notBeforeNanos = Long.MIN_VALUE;

    void grow(Receiver.Retry retry, long nowNanos) {
      nanos = Math.max(retry.firstPauseNanos(), Math.min(2 * nanos, retry.longestPauseNanos()));
      notBeforeNanos = nowNanos + nanos;
    }

    void end() {
      nanos = 0;
      notBeforeNanos = Long.MIN_VALUE;
    }
  }

  /** State of one lane. */
  private static final class Lane {
    private final Pause pause;
    private Optional<Notice> waiting = Optional.empty();
    private Optional<Notice> underWay = Optional.empty();
    private int tries;
    private String last = "nothing yet";
    private String result = "";
    private double seconds;
    private long delivered;
    private long failed;
    private long replaced;

    Lane(Pause pause) {
      this.pause = pause;
    }

    /** Whether this very notice, and none that came after it, is the one to be told. */
    boolean isNewest(Notice notice) {
      return isSame(waiting, Optional.of(notice));
    }

    /** A later notice may say the same: then they are equal, and two all the same. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Optional<Notice> one, Optional<Notice> other) {
      return one.orElse(null) == other.orElse(null);
    }

    /** Something newer counts; whether what is under way is told shows when it ends. */
    void replace(Optional<Notice> by) {
      replaced += waiting.isPresent() && !isSame(waiting, underWay) ? 1 : 0;
      waiting = by;
      tries = 0;
    }
  }

  private final Receiver.Retry retry;
  private final Map<Key, Lane> lanes = new LinkedHashMap<>();
  private final Pause ofReceiver = new Pause();
  private Set<Notice.Subject> known = Set.of();
  private int limit = SPARE;

  Lanes(Receiver.Retry retry) {
    this.retry = retry;
  }

  /** Takes note of the instances and groups that there are; those before have their last say. */
  void configure(Set<Notice.Subject> subjects) {
    limit = SPARE + Notice.Kind.values().length * (subjects.size() + known.size());
    known = Set.copyOf(subjects);
    lanes.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue()));
  }

  private boolean isOver(Key key, Lane lane) {
    return !known.contains(key.subject()) && lane.waiting.isEmpty() && lane.underWay.isEmpty();
  }

  /**
   * Takes a notice; an older one of its lane that waits is replaced, and by a state all that waits
   * of its instance.
   *
   * @return false when there is no room
   */
  boolean submit(Notice notice) {
    Key key = key(notice);
    Lane lane = lanes.get(key);
    if (lane == null && lanes.size() >= limit) {
      return false;
    }
    if (lane == null) {
      lane = new Lane(pauseOf(notice.subject()));
    } else {
      // the lane that was told something last comes last, so that the order is kept across lanes
      lanes.remove(key);
    }
    lanes.put(key, lane);
    lane.replace(Optional.of(notice));
    if (notice.kind() == Notice.Kind.STATE) {
      dropOutdated(notice.subject());
    }
    return true;
  }

  /** Forgets what waits of an instance that has another state now. */
  private void dropOutdated(Notice.Subject subject) {
    for (Notice.Kind kind : Notice.Kind.values()) {
      Key key = new Key(subject, kind);
      Lane lane = lanes.get(key);
      if (kind != Notice.Kind.STATE && lane != null) {
        lane.replace(Optional.empty());
        forgetIfOver(key, lane);
      }
    }
  }

  private Pause pauseOf(Notice.Subject subject) {
    if (retry.concernsAll()) {
      return ofReceiver;
    }
    for (Notice.Kind kind : Notice.Kind.values()) {
      Lane lane = lanes.get(new Key(subject, kind));
      if (lane != null) {
        return lane.pause;
      }
    }
    return new Pause();
  }

  /**
   * The oldest notice that may be delivered now; the caller says what becomes of it. It is also the
   * oldest of its instance, because a pause concerns all that waits of one.
   */
  Optional<Notice> next(long nowNanos) {
    Optional<Lane> due =
        lanes.values().stream()
            .filter(lane -> lane.waiting.isPresent() && lane.pause.notBeforeNanos <= nowNanos)
            .findFirst();
    due.ifPresent(lane -> lane.underWay = lane.waiting);
    return due.flatMap(lane -> lane.waiting);
  }

  /** When the next notice may be delivered; {@link Long#MAX_VALUE} when none waits. */
  long deadlineNanos() {
    return lanes.values().stream()
        .filter(lane -> lane.waiting.isPresent())
        .mapToLong(lane -> lane.pause.notBeforeNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Lets everything be tried once more where one failure was one of all. */
  void tryAllAgain() {
    ofReceiver.end();
  }

  boolean isIdle() {
    return lanes.values().stream().allMatch(lane -> lane.waiting.isEmpty());
  }

  /** Records that a notice was delivered. */
  void delivered(Notice notice, long tookNanos) {
    Lane lane = lane(notice);
    record(lane, notice, "delivered", tookNanos);
    lane.delivered++;
    lane.pause.end();
    finish(notice, lane, lane.isNewest(notice));
  }

  /**
   * Records a failure.
   *
   * @return whether the notice is given up
   */
  boolean failed(Notice notice, String why, long tookNanos, long nowNanos) {
    Lane lane = lane(notice);
    record(lane, notice, why, tookNanos);
    lane.failed++;
    lane.pause.grow(retry, nowNanos);
    boolean isGivenUp = false;
    if (lane.isNewest(notice)) {
      lane.tries++;
      isGivenUp = lane.tries >= retry.tries();
    } else {
      lane.replaced++;
    }
    finish(notice, lane, isGivenUp);
    return isGivenUp;
  }

  /** Nothing is under way any more. */
  private void finish(Notice notice, Lane lane, boolean isDone) {
    if (isDone) {
      lane.waiting = Optional.empty();
    }
    lane.underWay = Optional.empty();
    forgetIfOver(key(notice), lane);
  }

  private void forgetIfOver(Key key, Lane lane) {
    if (isOver(key, lane)) {
      lanes.remove(key);
    }
  }

  private Lane lane(Notice notice) {
    return lanes.get(key(notice));
  }

  private static Key key(Notice notice) {
    return new Key(notice.subject(), notice.kind());
  }

  private static void record(Lane lane, Notice notice, String result, long tookNanos) {
    lane.last = notice.state() + " " + notice.priority();
    lane.result = result;
    lane.seconds = Math.round(tookNanos / 1e6) / 1000.0;
  }

  /** All lanes for status. */
  List<DeliveryStatus> status(String receiver) {
    return lanes.entrySet().stream()
        .map(
            entry ->
                new DeliveryStatus(
                    receiver,
                    entry.getKey().subject().name(),
                    entry.getValue().last,
                    entry.getValue().result,
                    entry.getValue().seconds,
                    entry.getValue().delivered,
                    entry.getValue().failed,
                    entry.getValue().replaced,
                    entry.getValue().waiting.isPresent()))
        .toList();
  }
}
