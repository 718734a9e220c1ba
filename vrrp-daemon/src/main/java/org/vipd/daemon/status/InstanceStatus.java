package org.vipd.daemon.status;

import java.util.List;
import java.util.Map;

/**
 * A snapshot of one virtual router.
 *
 * @param name the operator's name
 * @param networkInterface interface name; {@code interface} in JSON
 * @param family {@code ipv4} or {@code ipv6}
 * @param vrid 1..255
 * @param version 2 or 3
 * @param state {@code INIT}, {@code BACKUP}, {@code MASTER} or {@code FAULT}
 * @param reason why it is in that state
 * @param since when it entered the state, ISO 8601 with zone
 * @param secondsInState how long it has been in the state
 * @param effectivePriority 1..255
 * @param priorityArithmetic how it comes about: {@code 98 = 100 - 2 check_apiserver}
 * @param addresses virtual addresses
 * @param heldAddresses those that this node has now, as the kernel confirmed
 * @param routes virtual routes
 * @param heldRoutes those that this node has added and that are there
 * @param rules virtual rules
 * @param heldRules those that this node has added and that are there
 * @param waitingFor what keeps it from running; empty when it runs
 * @param active the Active as last heard or this router itself; null when none was heard
 * @param warnings what may be two owners of one address: rejected packets of the last minute,
 *     addresses that are on this node although it is not Active
 * @param checks the health checks it depends on
 * @param trackers the interfaces, files, processes and BFD sessions it depends on
 * @param explanation why it is in that state, and what would change that
 * @param counters packets and transitions
 */
public record InstanceStatus(
    String name,
    @com.google.gson.annotations.SerializedName("interface") String networkInterface,
    String family,
    int vrid,
    int version,
    String state,
    String reason,
    String since,
    double secondsInState,
    int effectivePriority,
    String priorityArithmetic,
    List<String> addresses,
    List<String> heldAddresses,
    List<String> routes,
    List<String> heldRoutes,
    List<String> rules,
    List<String> heldRules,
    List<String> waitingFor,
    ActiveStatus active,
    List<String> warnings,
    List<CheckStatus> checks,
    List<TrackerStatus> trackers,
    Explanation explanation,
    Map<String, Long> counters) {

  /**
   * The Active of the virtual router.
   *
   * @param address where its advertisements come from
   * @param priority as advertised; 0 when it said that it leaves
   * @param advertisementAgeSeconds since its last advertisement
   * @param isThisNode whether it is this router
   */
  public record ActiveStatus(
      String address, int priority, double advertisementAgeSeconds, boolean isThisNode) {}

  /**
   * Something else than a check that it depends on.
   *
   * @param kind {@code interface}, {@code file}, {@code process} or {@code bfd}
   * @param name the operator's name, or that of the interface
   * @param weight 0 when it can mean FAULT
   * @param isReversed whether good and bad, or the sign of the weight, are exchanged
   * @param state {@code pending}, {@code good} or {@code bad}; a file with a weight is bad when it
   *     means FAULT, one without when it holds another number than 0
   * @param contribution what it adds to the priority now
   * @param reading what was found last
   * @param since since when that is so, ISO 8601 with zone; empty when nobody knows, as for
   *     interfaces
   */
  public record TrackerStatus(
      String kind,
      String name,
      int weight,
      boolean isReversed,
      String state,
      int contribution,
      String reading,
      String since) {}

  /**
   * A health check.
   *
   * @param name the operator's name
   * @param command as configured
   * @param weight 0 when failure means FAULT
   * @param state {@code pending}, {@code good} or {@code bad}
   * @param runs finished runs
   * @param failures failed runs in total
   * @param failuresInARow failed runs since the last success
   * @param lastResult how the last run ended
   * @param lastSeconds how long the last run took
   * @param output what the last run printed, at most 2 kB
   */
  public record CheckStatus(
      String name,
      String command,
      int weight,
      String state,
      long runs,
      long failures,
      long failuresInARow,
      String lastResult,
      double lastSeconds,
      String output) {}
}
