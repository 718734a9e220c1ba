package org.vipd.daemon.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the lines of a ledger say. Records of a kind that is not known are those of a newer version:
 * they are kept as they are.
 */
final class LedgerReading {

  /** Of files with addresses only. */
  static final int WITH_ADDRESSES = 1;

  /** With routes, which a version that knows only the other would leave. */
  static final int WITH_ROUTES = 2;

  /** With rules, too. */
  static final int WITH_RULES = 3;

  static final String FAMILY = "vipd-ledger ";
  static final String END = "end ";

  private static final Set<String> KNOWN_KINDS = Set.of("address", "route", "rule");
  private static final String VERSION_FORM = "[1-9][0-9]{0,8}";
  private static final String RECORD_FORM = "[a-z][a-z0-9-]{0,40}\t.*";
  private static final int NAMED_KINDS = 3;

  private final Path file;
  private final int version;
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final List<RouteEntry> routes = new ArrayList<>();
  private final List<RouterEntry> routers = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private NetworkNamespace origin = NetworkNamespace.UNKNOWN;
  private boolean isDamaged;

  private LedgerReading(Path file, int version) {
    this.file = file;
    this.version = version;
  }

  /**
   * Reads a file.
   *
   * @param file for messages
   */
  static LedgerContents of(Path file, List<String> lines) {
    String head = lines.get(0);
    String number = head.startsWith(FAMILY) ? head.substring(FAMILY.length()) : "";
    if (!number.matches(VERSION_FORM)) {
      return LedgerContents.unusable(
          file
              + " does not begin with '"
              + FAMILY
              + "' and a version: it is not ours and is ignored");
    }
    LedgerReading reading = new LedgerReading(file, Integer.parseInt(number));
    reading.read(lines);
    return reading.contents();
  }

  private void read(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.equals(END + (i - 1))) {
        lines.subList(i + 1, lines.size()).forEach(this::readBehindEnd);
        return;
      }
      if (!line.isEmpty() || i < lines.size() - 1) {
        read(line);
      }
    }
    isDamaged = true;
  }

  /** Which older versions do not read. */
  private void readBehindEnd(String line) {
    RouterEntry.parse(line).ifPresent(routers::add);
    readOrigin(line);
  }

  private void readOrigin(String line) {
    NetworkNamespace.parse(line).ifPresent(it -> origin = it);
  }

  private void read(String line) {
    Optional<LedgerEntry> entry = LedgerEntry.parse(line);
    Optional<RouteEntry> route =
        RouteEntry.parse(line).filter(it -> version >= (it.isRule() ? WITH_RULES : WITH_ROUTES));
    entry.ifPresent(entries::add);
    route.ifPresent(routes::add);
    if (entry.isEmpty() && route.isEmpty()) {
      if (line.startsWith(END) || NetworkNamespace.parse(line).isPresent()) {
        readOrigin(line);
        isDamaged = true;
      } else if (isNewer() || (line.matches(RECORD_FORM) && !KNOWN_KINDS.contains(kind(line)))) {
        foreign.add(line);
      } else {
        isDamaged = true;
      }
    }
  }

  private boolean isNewer() {
    return version > WITH_RULES;
  }

  private static String kind(String line) {
    int end = line.indexOf('\t');
    return end < 0 ? "" : line.substring(0, end);
  }

  private LedgerContents contents() {
    Optional<String> complaint =
        isDamaged
            ? Optional.of(file + " is damaged; what can be read of it is used")
            : Optional.empty();
    return new LedgerContents(
        entries,
        routes,
        isDamaged ? List.of() : routers,
        new LedgerContents.Foreign(isNewer() ? version : WITH_ADDRESSES, foreign, newer()),
        origin,
        complaint);
  }

  private String newer() {
    Set<String> kinds = new LinkedHashSet<>();
    for (String line : foreign) {
      if (line.matches(RECORD_FORM) && kinds.size() < NAMED_KINDS) {
        kinds.add(kind(line));
      }
    }
    return file
        + " was written by a newer vipd: this version does not know "
        + foreign.size()
        + " of its records"
        + (kinds.isEmpty() ? "" : " (" + String.join(", ", kinds) + ")")
        + "; they stay in it, and 'vipd release' of that version removes what they name";
  }
}
