package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Prefix;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;

/** Routing tables and rules in memory; like a kernel it reports what somebody else removes. */
public final class FakeRoutes implements RoutePort {

  private final Trace trace;
  private final FakeNetwork network;
  private final Map<String, String> present = new LinkedHashMap<>();
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private final Map<String, String> numbers = new LinkedHashMap<>();
  private final List<String> listened = new ArrayList<>();
  private final List<String> prepared = new ArrayList<>();

  FakeRoutes(Trace trace, FakeNetwork network) {
    this.trace = trace;
    this.network = network;
  }

  /** All routes, as {@code ip route} writes them. */
  public List<String> all() {
    return List.copyOf(present.values());
  }

  /** Of whose losses somebody wants to hear. */
  public List<String> listened() {
    return List.copyOf(listened);
  }

  /** What was prepared. */
  public List<String> prepared() {
    return List.copyOf(prepared);
  }

  /** Adds a route or a rule as an operator would. */
  public void put(String text) {
    present.put(key(parse(text)), text + " of an operator");
  }

  /** Removes one as an operator would. */
  public void take(String text) {
    RoutingEntry entry = parse(text);
    present.remove(key(entry));
    RoutingEntry.Loss loss = loss(entry);
    network.arrive(listener -> listener.routingEntryRemoved(loss));
  }

  /** Drops a route without a word, as the kernel does with an interface. */
  public void drop(String text) {
    present.remove(key(parse(text)));
  }

  /** Lets installing and removing this route fail. */
  public void refuse(String text, String message) {
    refusals.put(text, message);
  }

  /** Lets installing and removing this route succeed again. */
  public void permit(String text) {
    refusals.remove(text);
  }

  /** Gives a table a name. */
  public void name(String number, String table) {
    numbers.put(table, number);
  }

  @Override
  public Optional<RouteInstall> recordable(RouteInstall route) {
    RoutingEntry entry = route.entry();
    String table = numbers.getOrDefault(entry.table(), entry.table());
    return Optional.of(new RouteInstall(route.interfaceIndex(), entry.withTable(table)));
  }

  @Override
  public void listen(List<RouteInstall> routes) {
    routes.forEach(it -> listened.add(it.text()));
  }

  @Override
  public void prepare(List<RouteInstall> routes) {
    listen(routes);
    routes.forEach(it -> prepared.add(it.text()));
  }

  @Override
  public Installed install(List<RouteInstall> routes) {
    trace.add("install " + describe(routes));
    List<RouteInstall> existing = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (RouteInstall install : routes) {
      if (refusals.containsKey(install.text())) {
        failures.add(failure("install", install));
      } else if (present.containsKey(key(install.entry()))) {
        existing.add(install);
      } else {
        present.put(key(install.entry()), install.text());
      }
    }
    return new Installed(existing, failures);
  }

  @Override
  public Removed remove(List<RouteInstall> routes) {
    trace.add("remove " + describe(routes));
    List<RouteInstall> missing = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (RouteInstall install : routes) {
      if (refusals.containsKey(install.text())) {
        failures.add(failure("remove", install));
      } else if (!present.remove(key(install.entry()), install.text())) {
        missing.add(install);
      }
    }
    return new Removed(missing, failures);
  }

  private Failure failure(String verb, RouteInstall install) {
    String text = install.text();
    return new Failure(
        install, "cannot " + verb + " " + install.title() + ": " + refusals.get(text));
  }

  private RoutingEntry.Loss loss(RoutingEntry entry) {
    return entry instanceof VirtualRule rule
        ? rule.withTable(numbers.getOrDefault(rule.table(), rule.table())).losses().get(0)
        : lossOf((VirtualRoute) entry);
  }

  private RoutingEntry.Loss lossOf(VirtualRoute route) {
    Prefix destination = new Prefix(route.destination(), route.prefixLength());
    String table =
        route.table().equals(RoutingEntry.MAIN_TABLE)
            ? RoutingEntry.MAIN_TABLE_NUMBER
            : numbers.getOrDefault(route.table(), route.table());
    return new RoutingEntry.Loss.OfRoute(destination, table, route.options().metric());
  }

  private static String key(RoutingEntry entry) {
    return entry instanceof VirtualRoute route ? keyOf(route) : entry.text();
  }

  private static String keyOf(VirtualRoute route) {
    return route.destination()
        + "/"
        + route.prefixLength()
        + " "
        + route.table()
        + " "
        + route.options().metric();
  }

  private static RoutingEntry parse(String text) {
    return text.contains(" priority ")
        ? VirtualRule.parse(text).orElseThrow()
        : VirtualRoute.parse(text).orElseThrow();
  }

  private static String describe(List<RouteInstall> routes) {
    return routes.stream().map(RouteInstall::title).collect(Collectors.joining(", "));
  }
}
