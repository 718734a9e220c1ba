package org.vipd.daemon.it;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Watches addresses come and go on a host; the times are those of the watching program. */
final class AddressMonitor {

  private static final String DELETED = "Deleted";

  private final Launched process;

  AddressMonitor(Host host) {
    process =
        host.start("monitor", List.of("ip", "-ts", "-o", "-4", "monitor", "address"), Map.of());
    // The monitor says nothing at its start, so it is asked to see something.
    Await.until(
        "the monitor watches",
        Await.GENEROUS,
        () -> {
          host.run("ip", "address", "add", "127.9.9.9/32", "dev", "lo");
          host.run("ip", "address", "del", "127.9.9.9/32", "dev", "lo");
          return process.output().contains("127.9.9.9");
        },
        process::output);
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
    List<String> lines =
        process.output().lines().filter(it -> it.startsWith("[") && it.contains(text)).toList();
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

  /** When the host had each address that begins with a text, in one look at what was recorded. */
  Map<String, List<Holding>> holdingsOf(String beginning) {
    Map<String, List<Holding>> holdings = new HashMap<>();
    Map<String, Long> since = new HashMap<>();
    process
        .output()
        .lines()
        .filter(it -> it.startsWith("[") && it.contains(" inet " + beginning))
        .forEach(
            line -> {
              String address = line.replaceAll(".* inet ([0-9.]+)/.*", "$1");
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
    return process
        .output()
        .lines()
        .filter(line -> line.startsWith("[") && line.contains(text))
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
