package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;

/** Routing tables in memory; like a kernel it reports what somebody else removes. */
public final class FakeRoutes implements RoutePort {

  private final Trace trace;
  private final FakeNetwork network;
  private final Map<String, String> present = new LinkedHashMap<>();
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private final List<String> prepared = new ArrayList<>();

  FakeRoutes(Trace trace, FakeNetwork network) {
    this.trace = trace;
    this.network = network;
  }

  /** All routes, as {@code ip route} writes them. */
  public List<String> all() {
    return List.copyOf(present.values());
  }

  /** What was prepared. */
  public List<String> prepared() {
    return List.copyOf(prepared);
  }

  /** Adds a route as an operator would. */
  public void put(String text) {
    present.put(key(parse(text)), text + " of an operator");
  }

  /** Removes a route as an operator would. */
  public void take(String text) {
    VirtualRoute route = parse(text);
    present.remove(key(route));
    network.arrive(listener -> listener.routeRemoved(route.destination(), route.prefixLength()));
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

  @Override
  public void prepare(List<RouteInstall> routes) {
    routes.forEach(it -> prepared.add(it.text()));
  }

  @Override
  public Installed install(List<RouteInstall> routes) {
    trace.add("install route " + describe(routes));
    List<RouteInstall> existing = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (RouteInstall install : routes) {
      if (refusals.containsKey(install.text())) {
        failures.add(failure("install", install));
      } else if (present.containsKey(key(install.route()))) {
        existing.add(install);
      } else {
        present.put(key(install.route()), install.text());
      }
    }
    return new Installed(existing, failures);
  }

  @Override
  public Removed remove(List<RouteInstall> routes) {
    trace.add("remove route " + describe(routes));
    List<RouteInstall> missing = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (RouteInstall install : routes) {
      if (refusals.containsKey(install.text())) {
        failures.add(failure("remove", install));
      } else if (!present.remove(key(install.route()), install.text())) {
        missing.add(install);
      }
    }
    return new Removed(missing, failures);
  }

  private Failure failure(String verb, RouteInstall install) {
    String text = install.text();
    return new Failure(install, "cannot " + verb + " route " + text + ": " + refusals.get(text));
  }

  private static String key(VirtualRoute route) {
    return route.destination()
        + "/"
        + route.prefixLength()
        + " "
        + route.table()
        + " "
        + route.options().metric();
  }

  private static VirtualRoute parse(String text) {
    return VirtualRoute.parse(text).orElseThrow();
  }

  private static String describe(List<RouteInstall> routes) {
    return routes.stream().map(RouteInstall::text).collect(Collectors.joining(", "));
  }
}
