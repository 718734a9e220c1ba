package org.vipd.daemon.script;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.status.DeliveryStatus;

/**
 * The notify scripts of all instances and groups: those of one are run one after the other, and
 * those of a group begin when those of its members have. Who began is told by the order in which
 * jobs were handed in.
 */
final class HookLanes {

  private final Starter starter;
  private final Journal journal;

  /** Other threads ask for results. */
  private final Map<String, HookLane> lanes = new ConcurrentHashMap<>();

  private long count;

  HookLanes(Starter starter, Journal journal) {
    this.starter = starter;
    this.journal = journal;
  }

  void submit(HookJob job, long nowNanos) {
    count++;
    HookLane lane =
        lanes.computeIfAbsent(
            job.lane(), name -> new HookLane(name, starter, journal, this::predecessors));
    lane.submit(new HookLane.Turn(job, count));
    // an idle lane starts now, so that only a job behind a running one can be replaced
    lane.advance(nowNanos);
  }

  /** What has to be started before this: occasions of older jobs. */
  private List<String> predecessors(HookLane.Turn turn) {
    return turn.job().after().stream()
        .sorted()
        .map(lanes::get)
        .filter(lane -> lane != null)
        .flatMap(lane -> lane.unbegunBefore(turn.number()).stream())
        .toList();
  }

  /** Does what is due in all lanes. */
  void advance(long nowNanos) {
    lanes.values().forEach(lane -> lane.advance(nowNanos));
    // what it waited for may have begun in a lane that had its turn later
    lanes.values().stream().filter(HookLane::isHeld).forEach(lane -> lane.advance(nowNanos));
  }

  long deadlineNanos() {
    return lanes.values().stream().mapToLong(HookLane::deadlineNanos).min().orElse(Long.MAX_VALUE);
  }

  /** Forgets lanes of others that have nothing to do. */
  void forgetAllBut(Set<String> names) {
    lanes.entrySet().removeIf(it -> !names.contains(it.getKey()) && it.getValue().isOver());
  }

  boolean isIdle() {
    return lanes.values().stream().allMatch(HookLane::isIdle);
  }

  /** Ends what runs where a final job waits. */
  void hurry() {
    lanes.values().forEach(HookLane::hurry);
  }

  void kill() {
    lanes.values().forEach(HookLane::kill);
  }

  /** What became of the last script of each lane. */
  List<DeliveryStatus> results() {
    return lanes.values().stream().flatMap(lane -> lane.status().stream()).toList();
  }
}
