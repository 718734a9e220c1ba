package org.vipd.daemon.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vipd.daemon.config.track.InterfaceDelay;

/** Lets a change of an interface count only when it lasted; times come from the caller. */
public final class LinkDebounce {

  private final Map<String, InterfaceDelay> delays = new HashMap<>();
  private final Map<String, Long> dueNanos = new HashMap<>();

  /** Takes new delays; a change that waits for an interface without delay is due at once. */
  public void redefine(List<InterfaceDelay> configured) {
    delays.clear();
    configured.forEach(it -> delays.put(it.name(), it));
    dueNanos.replaceAll((name, due) -> delays.containsKey(name) ? due : Long.MIN_VALUE);
  }

  /**
   * Takes a report.
   *
   * @param countsAsUp what counted before
   * @param isUp what was reported
   * @return what counts now
   */
  public boolean accept(String name, boolean countsAsUp, boolean isUp, long nowNanos) {
    InterfaceDelay delay = delays.get(name);
    if (delay == null) {
      dueNanos.remove(name);
      return isUp;
    }
    if (isUp == countsAsUp) {
      dueNanos.remove(name);
      return isUp;
    }
    long waitNanos = (isUp ? delay.up() : delay.down()).toNanos();
    if (waitNanos == 0) {
      dueNanos.remove(name);
      return isUp;
    }
    dueNanos.putIfAbsent(name, nowNanos + waitNanos);
    return countsAsUp;
  }

  /** The interfaces whose change counts from now on. */
  public List<String> takeDue(long nowNanos) {
    if (dueNanos.isEmpty()) {
      return List.of();
    }
    List<String> due = new ArrayList<>();
    dueNanos.forEach(
        (name, time) -> {
          if (time <= nowNanos) {
            due.add(name);
          }
        });
    due.forEach(dueNanos::remove);
    return due;
  }

  /** When the next change may count; {@code Long.MAX_VALUE} when none waits. */
  public long deadlineNanos() {
    long earliest = Long.MAX_VALUE;
    if (dueNanos.isEmpty()) {
      return earliest;
    }
    for (long due : dueNanos.values()) {
      earliest = Math.min(earliest, due);
    }
    return earliest;
  }
}
