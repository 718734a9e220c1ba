package org.vipd.daemon.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.status.DeliveryStatus;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.status.InstanceStatus.ActiveStatus;
import org.vipd.daemon.status.InstanceStatus.CheckStatus;

/** Prints the state of the daemon for people. */
final class StatusText {

  /** Columns beside the labels, which have 14. */
  private static final int TEXT_WIDTH = 86;

  private static final String NEXT_LINE = "\n              ";

  private final PrintWriter out;

  StatusText(PrintWriter out) {
    this.out = out;
  }

  void print(DaemonStatus status) {
    out.println(
        "vipd "
            + status.version()
            + ", pid "
            + status.pid()
            + ", up "
            + duration(status.uptimeSeconds())
            + ", configuration "
            + status.configuration().file()
            + " generation "
            + status.configuration().generation()
            + ", hash "
            + status.configuration().shortHash());
    line("last reload", lastReload(status.configuration()));
    status.configuration().problems().forEach(problem -> line("problem", problem));
    status.instances().forEach(this::print);
    print(status.statics());
    if (!status.sessions().isEmpty()) {
      out.println();
      status.sessions().forEach(session -> line("bfd", SessionText.of(session)));
    }
    for (DeliveryStatus delivery : status.notifications()) {
      line("told", told(delivery));
    }
    for (DaemonStatus.InterfaceStatus network : status.interfaces()) {
      String counters = nonZero(network.counters());
      line(network.name(), counters.isEmpty() ? "" : "packets for no instance here: " + counters);
    }
  }

  /** An older daemon does not speak of them. */
  private void print(DaemonStatus.StaticStatus statics) {
    if (statics != null && !statics.entries().isEmpty()) {
      out.println();
      line("static", entries(statics.entries(), statics.held()));
    }
  }

  private static String lastReload(DaemonStatus.ConfigurationStatus configuration) {
    return configuration.lastReload().isEmpty()
        ? ""
        : configuration.lastReloadAt() + ": " + configuration.lastReload();
  }

  private static String told(DeliveryStatus delivery) {
    return delivery.receiver()
        + " about "
        + delivery.subject()
        + ": "
        + delivery.last()
        + ", "
        + delivery.result()
        + " in "
        + delivery.seconds()
        + " s; "
        + delivery.delivered()
        + " delivered, "
        + delivery.failed()
        + " tries failed, "
        + delivery.replaced()
        + " replaced by newer ones"
        + (delivery.isWaiting() ? "; one waits" : "");
  }

  private void print(InstanceStatus instance) {
    out.println();
    out.println(
        instance.name()
            + "  "
            + instance.state()
            + "  on "
            + instance.networkInterface()
            + ", VRID "
            + instance.vrid()
            + ", VRRPv"
            + instance.version()
            + " "
            + instance.family());
    line("why", instance.reason());
    line("since", instance.since() + " (" + duration(instance.secondsInState()) + ")");
    line("priority", instance.priorityArithmetic());
    line("addresses", String.join(", ", instance.addresses()) + " (" + held(instance) + ")");
    line("routes", entries(instance.routes(), instance.heldRoutes()));
    line("rules", entries(instance.rules(), instance.heldRules()));
    line("active", active(instance.active()));
    instance.warnings().forEach(warning -> line("warning", wrapped(warning)));
    instance.waitingFor().forEach(it -> line("waiting", it.replaceFirst("^waiting ", "")));
    instance.checks().forEach(this::print);
    instance.trackers().forEach(tracker -> line("tracker", TrackerText.of(tracker)));
    instance.explanation().powerless().forEach(it -> line("no effect", it));
    line("counters", nonZero(instance.counters()));
  }

  /** An older daemon does not speak of routes and rules. */
  private static String entries(List<String> all, List<String> held) {
    return all == null || all.isEmpty()
        ? ""
        : String.join(", ", all) + " (" + held(all, held) + ")";
  }

  private static String held(InstanceStatus instance) {
    return held(instance.addresses(), instance.heldAddresses());
  }

  private static String held(List<String> all, List<String> held) {
    if (held.isEmpty()) {
      return "not on this node";
    }
    List<String> missing = new ArrayList<>(all);
    missing.removeAll(held);
    return missing.isEmpty()
        ? "held by this node"
        : "held by this node, but not " + String.join(", ", missing);
  }

  private void print(CheckStatus check) {
    line("check", CheckText.of(check));
    line("  command", check.command());
    line("  printed", CheckText.printed(check).replace("\n", NEXT_LINE));
  }

  private static String active(ActiveStatus active) {
    if (active == null) {
      return "none heard";
    }
    if (active.isThisNode()) {
      return "this node (" + active.address() + "), priority " + active.priority();
    }
    return active.address()
        + ", priority "
        + active.priority()
        + ", last advertisement "
        + duration(active.advertisementAgeSeconds())
        + " ago";
  }

  private void line(String label, String text) {
    if (!text.isBlank()) {
      out.printf("  %-11s %s%n", label, text);
    }
  }

  /** In lines of a terminal; a word that is longer has a line for itself. */
  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      boolean isFirst = lines.length() == 0;
      if (!isFirst && column + 1 + word.length() > TEXT_WIDTH) {
        lines.append(NEXT_LINE);
        column = 0;
      } else if (!isFirst) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }

  private static String nonZero(Map<String, Long> counters) {
    return counters.entrySet().stream()
        .filter(entry -> entry.getValue() != 0)
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** {@code 0.412 s}, {@code 3 min 5 s}, {@code 2 d 4 h}. */
  private static String duration(double seconds) {
    long whole = (long) seconds;
    if (whole < 120) {
      return seconds + " s";
    }
    if (whole < 7200) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    if (whole < 172_800) {
      return whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
    return whole / 86_400 + " d " + whole % 86_400 / 3600 + " h";
  }
}
