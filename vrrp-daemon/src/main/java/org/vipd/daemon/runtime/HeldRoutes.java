package org.vipd.daemon.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;

/**
 * The routes and rules that one owner has in the kernel now: a router, or the host itself. Only
 * what it added is held: what was there before stays, and what the kernel refused is asked for
 * again later.
 */
final class HeldRoutes {

  /** How many are asked for in one turn of the loop. */
  static final int PORTION = 256;

  private static final int ALL = Integer.MAX_VALUE;

  /** So many have a line each. */
  private static final int NAMED = 8;

  private static final long COMPLAINT_INTERVAL_NANOS = 10_000_000_000L;

  private final RouterContext context;
  private final Supplier<String> owner;
  private final RouterCounters counters;
  private final Interference interference = new Interference();
  private final RateLimit complaintLimit = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private final Map<RoutingEntry, RouteInstall> held = new LinkedHashMap<>();
  private final Set<RoutingEntry> others = new HashSet<>();
  private final Map<RoutingEntry, String> said = new HashMap<>();
  private final Deque<RouteInstall> waiting = new ArrayDeque<>();
  private List<RoutingEntry> wanted = List.of();
  private int position = ALL;
  private boolean isAskedAgain;
  private long continueAtNanos = Long.MAX_VALUE;

  /**
   * Holds nothing and wants nothing.
   *
   * @param owner what messages begin with
   */
  HeldRoutes(RouterContext context, Supplier<String> owner, RouterCounters counters) {
    this.context = context;
    this.owner = owner;
    this.counters = counters;
  }

  /**
   * What is to be there, in this order: what a rule looks into is there before it. What is named
   * twice is asked for once, else the kernel would answer that somebody has it already.
   */
  void want(List<RoutingEntry> entries) {
    wanted = entries.size() < 2 ? entries : List.copyOf(new LinkedHashSet<>(entries));
    endRound();
  }

  /** What it has. */
  List<RoutingEntry> list() {
    return List.copyOf(held.keySet());
  }

  /** What is to be there. */
  List<RoutingEntry> wanted() {
    return wanted;
  }

  /** Gets ready to install later. */
  void prepare() {
    List<RouteInstall> all = targets();
    if (!all.isEmpty()) {
      context.ports().routes().prepare(all);
    }
  }

  /**
   * Gets ready to install in the next turns. Nothing is recorded before it is asked for: what
   * another vipd on this host has is not ours, and a process that is killed meanwhile must not
   * leave it in the ledger for the next one to remove.
   */
  void listen() {
    List<RouteInstall> all = targets();
    if (!all.isEmpty()) {
      context.ports().routes().listen(all);
    }
  }

  private List<RouteInstall> targets() {
    List<RouteInstall> all = new ArrayList<>();
    wanted.forEach(entry -> target(entry).ifPresent(all::add));
    return all;
  }

  /**
   * Installs what is missing, the first portion now. What is held and tracked is asked for once
   * more, in the same batch, because the kernel does not tell when it drops a route with its
   * interface or its source.
   */
  void install() {
    isAskedAgain = position < wanted.size();
    if (!isAskedAgain) {
      position = 0;
      continueInstalling();
    }
  }

  /** The same from the next turn on, once for all that ask for it in this one. */
  void installSoon() {
    if (wanted.isEmpty()) {
      return;
    }
    if (position >= wanted.size()) {
      position = 0;
    } else {
      isAskedAgain |= position > 0;
    }
    continueAtNanos = context.clock().nanos();
  }

  /** Installs the next portion, when there is one. */
  void continueInstalling() {
    if (position >= wanted.size()) {
      return;
    }
    int first = position;
    position = Math.min(first + PORTION, wanted.size());
    install(wanted.subList(first, position));
    if (position == wanted.size() && isAskedAgain) {
      isAskedAgain = false;
      position = 0;
    }
    continueAtNanos = position < wanted.size() ? context.clock().nanos() : Long.MAX_VALUE;
  }

  /** When the next portion is due; {@link Long#MAX_VALUE} for never. */
  long continueAtNanos() {
    return continueAtNanos;
  }

  private void endRound() {
    position = ALL;
    isAskedAgain = false;
    continueAtNanos = Long.MAX_VALUE;
  }

  /** The same with a part of what is wanted. */
  void install(List<RoutingEntry> entries) {
    List<RouteInstall> asked = new ArrayList<>();
    Map<RoutingEntry, String> complaints = new LinkedHashMap<>();
    for (RoutingEntry entry : entries) {
      Optional<RouteInstall> target = target(entry);
      if (target.isEmpty()) {
        held.remove(entry);
        complaints.put(
            entry,
            "cannot install "
                + entry.noun()
                + " "
                + entry.text()
                + ": there is no interface "
                + entry.device().orElse("")
                + "; it is installed when there is");
      } else if (entry.isTracked() || !target.get().equals(held.get(entry))) {
        asked.add(target.get());
      }
    }
    if (!asked.isEmpty()) {
      complaints.putAll(ask(asked));
    }
    report(complaints);
  }

  private Map<RoutingEntry, String> ask(List<RouteInstall> asked) {
    RoutePort.Installed result = context.ports().routes().install(asked);
    Map<RoutingEntry, String> complaints = new LinkedHashMap<>();
    Set<RouteInstall> open = new HashSet<>(asked);
    for (RoutePort.Failure failure : result.failures()) {
      open.remove(failure.route());
      held.remove(failure.route().entry());
      complaints.put(failure.route().entry(), failure.message());
    }
    for (RouteInstall existing : result.existing()) {
      open.remove(existing);
      if (!existing.equals(held.get(existing.entry()))) {
        leave(existing);
      }
    }
    List<RouteInstall> restored = new ArrayList<>();
    for (RouteInstall install : asked) {
      if (open.contains(install) && isAddedAgain(install)) {
        restored.add(install);
      }
    }
    sayRestored(restored);
    return complaints;
  }

  private void leave(RouteInstall existing) {
    held.remove(existing.entry());
    said.remove(existing.entry());
    if (others.add(existing.entry())) {
      warn(
          existing.title()
              + " is not installed: there is one already with this "
              + (existing.entry() instanceof VirtualRule
                  ? "priority, selector and table"
                  : "table, destination and metric")
              + ", which somebody else added; it is left alone");
    }
  }

  private boolean isAddedAgain(RouteInstall install) {
    others.remove(install.entry());
    said.remove(install.entry());
    return install.equals(held.put(install.entry(), install));
  }

  private void sayRestored(List<RouteInstall> restored) {
    counters.add(RouterCounter.ROUTES_RESTORED, restored.size());
    int named = restored.size() <= NAMED ? restored.size() : 1;
    for (RouteInstall install : restored.subList(0, named)) {
      int rest = restored.size() - named;
      warn(
          install.title()
              + (rest == 0
                  ? " was gone and is put back"
                  : " and " + rest + " others were gone and are put back"));
    }
  }

  /** Removes what is held and not in the list, the last one first. */
  void removeAllBut(List<RoutingEntry> kept) {
    Set<RoutingEntry> stay = new HashSet<>(kept);
    List<RouteInstall> unwanted = new ArrayList<>();
    for (RouteInstall install : List.copyOf(held.values())) {
      if (!stay.contains(install.entry())) {
        held.remove(install.entry());
        unwanted.add(0, install);
      }
    }
    others.retainAll(stay);
    said.keySet().retainAll(stay);
    if (!unwanted.isEmpty()) {
      Map<RoutingEntry, String> complaints = new LinkedHashMap<>();
      context
          .ports()
          .routes()
          .remove(unwanted)
          .failures()
          .forEach(failure -> complaints.put(failure.route().entry(), failure.message()));
      report(complaints);
    }
  }

  /** Removes all that is held. */
  void removeAll() {
    endRound();
    if (!held.isEmpty()) {
      removeAllBut(List.of());
    }
    others.clear();
  }

  /**
   * Another program removed routes or rules: they are put back, or the role is given up when that
   * happens too often; true when the router has to be evaluated again. What goes in one moment,
   * with {@code ip route flush}, counts once however many they are, and comes back a portion in
   * each turn.
   */
  boolean isGivenUp(Set<RoutingEntry.Loss> losses, long nowNanos) {
    List<RouteInstall> lost = losses.isEmpty() ? List.of() : lost(losses);
    if (lost.isEmpty()) {
      return false;
    }
    if (!interference.permitsRepair(lost, nowNanos)) {
      interference.giveUp("another program keeps removing " + lost.get(0).title(), nowNanos);
      return true;
    }
    boolean isUnderWay = hasWaiting();
    waiting.addAll(lost);
    if (!isUnderWay) {
      continueRepair();
    }
    return false;
  }

  /** Whether some of what was lost waits to be put back. */
  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** Puts the next portion back. */
  void continueRepair() {
    List<RouteInstall> next = new ArrayList<>();
    while (next.size() < PORTION && !waiting.isEmpty()) {
      RouteInstall install = waiting.remove();
      // given up or left to somebody else meanwhile, it is not asked for
      if (install.equals(held.get(install.entry()))) {
        next.add(install);
      }
    }
    if (!next.isEmpty()) {
      report(ask(next));
    }
  }

  private List<RouteInstall> lost(Set<RoutingEntry.Loss> losses) {
    List<RouteInstall> lost = new ArrayList<>();
    for (RouteInstall install : held.values()) {
      // what goes with its interface comes back with it
      boolean isOne = install.entry().isTracked() && isAmong(losses, install);
      if (isOne && (install.interfaceIndex() == 0 || isUp(install))) {
        lost.add(install);
      }
    }
    return lost;
  }

  /** Reports name tables by number, and the same route may be another program's in its table. */
  private boolean isAmong(Set<RoutingEntry.Loss> losses, RouteInstall install) {
    return context
        .ports()
        .routes()
        .recordable(install)
        .filter(it -> it.entry().losses().stream().anyMatch(losses::contains))
        .isPresent();
  }

  private boolean isUp(RouteInstall install) {
    return context.interfaces().isUp(install.interfaceIndex());
  }

  /** Why the router must not run now. */
  Optional<String> obstacle(long nowNanos) {
    return interference.obstacle(nowNanos);
  }

  /** Lets the router try again at once, because the configuration is another one. */
  void forget() {
    interference.forget();
  }

  private Optional<RouteInstall> target(RoutingEntry entry) {
    if (entry.device().isEmpty()) {
      return Optional.of(new RouteInstall(0, entry));
    }
    return context
        .interfaces()
        .link(entry.device().get())
        .map(LinkState::index)
        .map(index -> new RouteInstall(index, entry));
  }

  /** Says what is new about it; the same is not said again every few seconds. */
  private void report(Map<RoutingEntry, String> complaints) {
    if (complaints.isEmpty()) {
      return;
    }
    counters.add(RouterCounter.ROUTE_ERRORS, complaints.size());
    complaints.entrySet().removeIf(it -> it.getValue().equals(said.get(it.getKey())));
    if (!complaints.isEmpty() && complaintLimit.permits(context.clock().nanos())) {
      said.putAll(complaints);
      for (String complaint : complaints.values()) {
        context.ports().journal().error(owner.get() + ": " + complaint);
      }
    }
  }

  private void warn(String text) {
    context.ports().journal().warn(owner.get() + ": " + text);
  }
}
