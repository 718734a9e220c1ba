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
 * one, the newest. A failed one is tried again until a newer one takes its place or the tries are
 * used up. The lanes of an instance that the configuration has no longer end with their last
 * notice.
 */
final class Lanes {

  /** Lanes beside those of the configuration; beyond all of them notices are refused. */
  private static final int SPARE = 64;

  /** A lane: instance or group, and priority changes apart from states. */
  private record Key(Notice.Subject subject, Notice.Kind kind) {}

  /** State of one lane. */
  private static final class Lane {
    private Optional<Notice> waiting = Optional.empty();
    private Optional<Notice> underWay = Optional.empty();
    private int tries;
    private long notBeforeNanos = Long.MIN_VALUE;
    private long pauseNanos;
    private String last = "nothing yet";
    private String result = "";
    private double seconds;
    private long delivered;
    private long failed;
    private long replaced;
  }

  private final Receiver.Retry retry;
  private final Map<Key, Lane> lanes = new LinkedHashMap<>();
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
   * Takes a notice; an older one of its lane that waits is replaced.
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
      lane = new Lane();
    } else {
      // the lane that was told something last comes last, so that the order is kept across lanes
      lanes.remove(key);
    }
    lanes.put(key, lane);
    if (lane.waiting.isPresent() && !lane.waiting.equals(lane.underWay)) {
      lane.replaced++;
    }
    lane.waiting = Optional.of(notice);
    lane.tries = 0;
    return true;
  }

  /** The oldest notice that may be delivered now; the caller says what becomes of it. */
  Optional<Notice> next(long nowNanos) {
    Optional<Lane> due =
        lanes.values().stream()
            .filter(lane -> lane.waiting.isPresent() && lane.notBeforeNanos <= nowNanos)
            .findFirst();
    due.ifPresent(lane -> lane.underWay = lane.waiting);
    return due.flatMap(lane -> lane.waiting);
  }

  /** When the next notice may be delivered; {@link Long#MAX_VALUE} when none waits. */
  long deadlineNanos() {
    return lanes.values().stream()
        .filter(lane -> lane.waiting.isPresent())
        .mapToLong(lane -> lane.notBeforeNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  boolean isIdle() {
    return lanes.values().stream().allMatch(lane -> lane.waiting.isEmpty());
  }

  /** Records that a notice was delivered. */
  void delivered(Notice notice, long tookNanos) {
    Lane lane = lane(notice);
    record(lane, notice, "delivered", tookNanos);
    lane.delivered++;
    lane.pauseNanos = 0;
    lane.notBeforeNanos = Long.MIN_VALUE;
    finish(notice, lane);
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
    lane.tries++;
    lane.pauseNanos =
        Math.max(retry.firstPauseNanos(), Math.min(2 * lane.pauseNanos, retry.longestPauseNanos()));
    lane.notBeforeNanos = nowNanos + lane.pauseNanos;
    boolean isGivenUp = lane.tries >= retry.tries() && lane.waiting.equals(lane.underWay);
    if (isGivenUp) {
      finish(notice, lane);
    }
    lane.underWay = Optional.empty();
    return isGivenUp;
  }

  /** Nothing waits any more, unless something newer came during the delivery. */
  private void finish(Notice notice, Lane lane) {
    if (lane.waiting.equals(lane.underWay)) {
      lane.waiting = Optional.empty();
    }
    lane.underWay = Optional.empty();
    Key key = key(notice);
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
