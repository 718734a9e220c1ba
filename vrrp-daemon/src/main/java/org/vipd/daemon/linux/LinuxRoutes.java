package org.vipd.daemon.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.config.check.host.TableNames;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.RouteOutcome;
import org.vipd.netlink.route.RoutingOperations;
import org.vipd.netlink.route.RoutingRequest;

/** Installs and removes routes and rules. What that needs is opened when there are some. */
public final class LinuxRoutes implements RoutePort {

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
  public void listen(List<RouteInstall> routes) {
    if (routes.isEmpty()) {
      return;
    }
    // an administrator may have added a name since
    tables.forget();
    routes.forEach(it -> tables.number(it.entry().table()));
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
    String table = install.entry().table();
    OptionalInt number = tables.number(table);
    if (table.equals(RoutingEntry.MAIN_TABLE)) {
      return Optional.of(install);
    }
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RouteInstall(
                install.interfaceIndex(),
                install.entry().withTable(Integer.toString(number.getAsInt()))));
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
    private final List<RoutingRequest> requests = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    Batch(String verb, List<RouteInstall> routes) {
      this.verb = verb;
      for (RouteInstall install : routes) {
        OptionalInt table = tables.number(install.entry().table());
        if (table.isPresent()) {
          asked.add(install);
          requests.add(Requests.of(install, table.getAsInt()));
        } else {
          fail(
              install,
              "there is no routing table '"
                  + install.entry().table()
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
          outcome.errno()
              + (words.isEmpty() ? "" : " (" + words + ")")
              + advice(asked.get(index), outcome));
    }

    private void fail(RouteInstall install, String why) {
      failures.add(new Failure(install, "cannot " + verb + " " + install.title() + ": " + why));
    }
  }

  private static String advice(RouteInstall install, RouteOutcome outcome) {
    if (install.entry() instanceof VirtualRule) {
      return outcome.errno().name().equals("EPERM") ? "; the daemon needs CAP_NET_ADMIN" : "";
    }
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
}
