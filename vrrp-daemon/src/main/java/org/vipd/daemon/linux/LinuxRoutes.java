package org.vipd.daemon.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.IpRoute;
import org.vipd.netlink.route.RouteOutcome;
import org.vipd.netlink.route.RoutingOperations;

/** Installs and removes routes. What it needs of the kernel is opened when there are routes. */
public final class LinuxRoutes implements RoutePort {

  private static final int RTN_UNICAST = 1;
  private static final int RTN_BLACKHOLE = 6;
  private static final int RTN_UNREACHABLE = 7;
  private static final int RTN_PROHIBIT = 8;
  private static final int RTN_THROW = 9;

  private final Supplier<RoutingOperations> opener;
  private final IntConsumer losses;
  private final TableNames tables;
  private Optional<RoutingOperations> kernel = Optional.empty();
  private boolean isWatching;

  /**
   * Opens nothing yet.
   *
   * @param opener opens what talks to the kernel, once
   * @param losses begins to listen for routes that others remove, given the port of that
   */
  public LinuxRoutes(Supplier<RoutingOperations> opener, IntConsumer losses) {
    this(opener, losses, TableNames.ofHost());
  }

  LinuxRoutes(Supplier<RoutingOperations> opener, IntConsumer losses, TableNames tables) {
    this.opener = opener;
    this.losses = losses;
    this.tables = tables;
  }

  private RoutingOperations kernel() {
    if (kernel.isEmpty()) {
      kernel = Optional.of(opener.get());
    }
    return kernel.get();
  }

  @Override
  public void prepare(List<RouteInstall> routes) {
    if (routes.isEmpty()) {
      return;
    }
    // an administrator may have added a name since
    tables.forget();
    routes.forEach(it -> tables.number(it.route().table()));
    try {
      if (!isWatching) {
        losses.accept(kernel().port());
        isWatching = true;
      }
    } catch (SyscallException e) {
      // met again, and said, when they are installed; losses are found by asking again
      isWatching = false;
    }
  }

  /** With the number of its table: a name may be another one's later. */
  @Override
  public Optional<RouteInstall> recordable(RouteInstall install) {
    String table = install.route().table();
    OptionalInt number = tables.number(table);
    if (table.equals(VirtualRoute.MAIN_TABLE)) {
      return Optional.of(install);
    }
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RouteInstall(
                install.interfaceIndex(),
                install.route().withTable(Integer.toString(number.getAsInt()))));
  }

  @Override
  public Installed install(List<RouteInstall> routes) {
    Batch batch = new Batch("install", routes);
    List<RouteOutcome> outcomes = batch.ask(() -> kernel().add(batch.requests));
    List<RouteInstall> existing = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).isExisting()) {
        existing.add(batch.asked.get(i));
      } else if (!outcomes.get(i).isDone()) {
        batch.failed(i, outcomes.get(i));
      }
    }
    return new Installed(existing, batch.failures);
  }

  @Override
  public Removed remove(List<RouteInstall> routes) {
    Batch batch = new Batch("remove", routes);
    List<RouteOutcome> outcomes = batch.ask(() -> kernel().remove(batch.requests));
    List<RouteInstall> missing = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).isMissing()) {
        missing.add(batch.asked.get(i));
      } else if (!outcomes.get(i).isDone()) {
        batch.failed(i, outcomes.get(i));
      }
    }
    return new Removed(missing, batch.failures);
  }

  /** Routes as requests; those whose table is not known have failed already. */
  private final class Batch {

    private final String verb;
    private final List<RouteInstall> asked = new ArrayList<>();
    private final List<IpRoute> requests = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    Batch(String verb, List<RouteInstall> routes) {
      this.verb = verb;
      for (RouteInstall install : routes) {
        OptionalInt table = tables.number(install.route().table());
        if (table.isPresent()) {
          asked.add(install);
          requests.add(request(install, table.getAsInt()));
        } else {
          fail(
              install,
              "there is no routing table '"
                  + install.route().table()
                  + "'; write its number, or add the name to /etc/iproute2/rt_tables");
        }
      }
    }

    List<RouteOutcome> ask(Supplier<List<RouteOutcome>> question) {
      try {
        return requests.isEmpty() ? List.of() : question.get();
      } catch (SyscallException e) {
        asked.forEach(it -> fail(it, e.getMessage()));
        return List.of();
      }
    }

    void failed(int index, RouteOutcome outcome) {
      String words = outcome.explanation();
      fail(
          asked.get(index),
          outcome.errno() + (words.isEmpty() ? "" : " (" + words + ")") + advice(outcome));
    }

    private void fail(RouteInstall install, String why) {
      failures.add(
          new Failure(install, "cannot " + verb + " route " + install.text() + ": " + why));
    }
  }

  private static String advice(RouteOutcome outcome) {
    return switch (outcome.errno().name()) {
      case "EPERM" -> "; the daemon needs CAP_NET_ADMIN";
      case "ENETUNREACH", "EHOSTUNREACH" ->
          "; the gateway must be reached over an address of this host, or give the route dev and"
              + " onlink";
      case "ENODEV" -> "; the interface is gone, or the route needs dev";
      case "ENETDOWN" -> "; the interface is down: ip link set <name> up";
      case "EINVAL" ->
          "; src must be an address of this host, and a destination has no bits behind its length";
      default -> "";
    };
  }

  private static IpRoute request(RouteInstall install, int table) {
    VirtualRoute route = install.route();
    VirtualRoute.Options options = route.options();
    return new IpRoute(
        type(route.kind()),
        new IpPrefix(Addresses.toJdk(route.destination()), route.prefixLength()),
        route.gateway().map(Addresses::toJdk),
        install.interfaceIndex(),
        route.source().map(Addresses::toJdk),
        table,
        options.protocol(),
        new IpRoute.Options(
            options.scope(),
            options.metric(),
            options.isOnLink(),
            options.mtu(),
            options.advertisedSegment()));
  }

  private static int type(VirtualRoute.Kind kind) {
    return switch (kind) {
      case UNICAST -> RTN_UNICAST;
      case BLACKHOLE -> RTN_BLACKHOLE;
      case UNREACHABLE -> RTN_UNREACHABLE;
      case PROHIBIT -> RTN_PROHIBIT;
      case THROW -> RTN_THROW;
    };
  }
}
