package org.vipd.daemon.it;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Watches addresses come and go on a host; the times are those of the watching program. */
final class AddressMonitor {

  private static final String DELETED = "Deleted";

  private static final Pattern ADDRESS = Pattern.compile("^.* inet6? ([0-9a-f.:]+)/");

  /** Where it is allowed nothing else delays it, so that its times are those of the events. */
  private static final String AT_ONCE =
      "chrt -r 1 true 2> /dev/null && set -- chrt -r 1 \"$@\"; exec \"$@\"";

  private final Launched process;

  /** What is in each line about its host. */
  private final String mark;

  private AddressMonitor(Launched process, String mark) {
    this.process = process;
    this.mark = mark;
  }

  AddressMonitor(Host host) {
    this(host.start("monitor", command(), Map.of()), "");
    awaitWatching(host);
  }

  /** Watches several hosts by one program, which tells what happens on them in its order. */
  static List<AddressMonitor> together(Lab lab, List<Host> hosts) {
    String network = lab.network().name();
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", network));
    command.addAll(command("all-nsid"));
    Path output = lab.directory().resolve("monitor.log");
    Launched process = lab.track(Launched.start(command, Map.of(), output, false));
    // the switch has a number for each namespace that it is connected to
    String numbers = lab.network().run("ip", "netns", "list-id");
    List<AddressMonitor> monitors = new ArrayList<>();
    for (Host host : hosts) {
      String line =
          numbers.lines().filter(it -> it.contains(host.namespace().name())).findFirst().orElse("");
      AddressMonitor monitor =
          new AddressMonitor(process, "[" + line.replaceAll(" \\(.*", "") + "]");
      monitor.awaitWatching(host);
      monitors.add(monitor);
    }
    return monitors;
  }

  private static List<String> command(String... more) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", AT_ONCE, "sh"));
    command.addAll(List.of("ip", "-rcvbuf", "16777216", "-ts", "-o", "monitor"));
    command.addAll(List.of(more));
    command.add("address");
    return command;
  }

  /** The monitor says nothing at its start, so it is asked to see something. */
  private void awaitWatching(Host host) {
    Await.until(
        "the monitor watches",
        Await.GENEROUS,
        () -> {
          host.run("ip", "address", "add", "127.9.9.9/32", "dev", "lo");
          host.run("ip", "address", "del", "127.9.9.9/32", "dev", "lo");
          return lines().anyMatch(it -> it.contains("127.9.9.9"));
        },
        process::output);
  }

  private Stream<String> lines() {
    return process.output().lines().filter(it -> it.startsWith("[") && it.contains(mark));
  }

  /** When the first address with a text in it was added, nanoseconds since 1970. */
  Optional<Long> firstAdded(String text) {
    return first(text, false);
  }

  /** When the first address with a text in it was removed, nanoseconds since 1970. */
  Optional<Long> firstRemoved(String text) {
    return first(text, true);
  }

  /** When the host had an address with a text in it. */
  List<Holding> holdings(String text) {
    List<Holding> holdings = new ArrayList<>();
    Optional<Long> since = Optional.empty();
    List<String> lines = lines().filter(it -> it.contains(text)).toList();
    for (String line : lines) {
      if (line.contains(DELETED)) {
        since.ifPresent(from -> holdings.add(new Holding(from, time(line))));
        since = Optional.empty();
      } else {
        since = since.or(() -> Optional.of(time(line)));
      }
    }
    since.ifPresent(from -> holdings.add(new Holding(from, Long.MAX_VALUE)));
    return holdings;
  }

  /** When the host had each address, in one look at what was recorded. */
  Map<String, List<Holding>> holdings() {
    Map<String, List<Holding>> holdings = new HashMap<>();
    Map<String, Long> since = new HashMap<>();
    lines()
        .map(ADDRESS::matcher)
        .filter(Matcher::find)
        .forEach(
            found -> {
              String line = found.group();
              String address = found.group(1);
              if (!line.contains(DELETED)) {
                since.putIfAbsent(address, time(line));
              } else if (since.containsKey(address)) {
                holdings
                    .computeIfAbsent(address, it -> new ArrayList<>())
                    .add(new Holding(since.remove(address), time(line)));
              }
            });
    since.forEach(
        (address, from) ->
            holdings
                .computeIfAbsent(address, it -> new ArrayList<>())
                .add(new Holding(from, Long.MAX_VALUE)));
    return holdings;
  }

  private Optional<Long> first(String text, boolean isRemoval) {
    return lines()
        .filter(line -> line.contains(text))
        .filter(line -> line.contains(DELETED) == isRemoval)
        .findFirst()
        .map(AddressMonitor::time);
  }

  private static long time(String line) {
    LocalDateTime time = LocalDateTime.parse(line.substring(1, line.indexOf(']')));
    var instant = time.atZone(ZoneId.systemDefault()).toInstant();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
