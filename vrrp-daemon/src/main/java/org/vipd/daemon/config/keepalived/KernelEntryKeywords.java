package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.EntryWords;
import org.vipd.daemon.config.EntryWords.Finding.Kind;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.KernelWords;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** Lists of routes and rules in the words of {@code ip route} and {@code ip rule}. */
final class KernelEntryKeywords {

  private static final Set<String> ROUTE_DEVICES = Set.of("dev", "oif");
  private static final Set<String> RULE_DEVICES = Set.of("dev", "iif");
  private static final Set<String> PRIORITIES = Set.of("priority", "preference", "order", "pref");
  private static final Set<String> TABLES = Set.of("table", "lookup");

  private final Values values;
  private final boolean isStatic;

  private KernelEntryKeywords(Values values, boolean isStatic) {
    this.values = values;
    this.isStatic = isStatic;
  }

  /** For entries that go with the addresses of an instance. */
  static KernelEntryKeywords ofInstance(Values values) {
    return new KernelEntryKeywords(values, false);
  }

  /** For entries that are there whatever the state of an instance. */
  static KernelEntryKeywords ofHost(Values values) {
    return new KernelEntryKeywords(values, true);
  }

  /** The entries of a block, one on each line. */
  List<KernelEntry> interpret(Statement block, KernelEntry.Kind kind) {
    List<KernelEntry> entries = new ArrayList<>();
    for (Statement statement : block.children()) {
      new Entry(kind)
          .read(statement.words())
          .filter(entry -> makesSense(statement, entry))
          .ifPresent(entry -> entries.add(placed(entry, statement)));
    }
    return entries;
  }

  /** What can never be installed is left out, as in keepalived. */
  private boolean makesSense(Statement statement, KernelEntry written) {
    boolean isMissing =
        EntryWords.of(written).findings().stream().anyMatch(it -> it.kind() == Kind.MISSING);
    boolean isComplete = isMissing || hasPlace(written);
    KernelEntry entry = isComplete ? written : written.with("priority", "1");
    EntryWords words = EntryWords.of(entry);
    Optional<KernelWords.Complaint> complaint =
        isMissing ? Optional.empty() : KernelWords.in(entry);
    if (complaint.isPresent()) {
      report(statement, entry, complaint.get());
      return false;
    }
    words.findings().forEach(it -> values.add(it.at(at(statement, entry, it.index()).place())));
    return !words.isWrong();
  }

  private static boolean hasPlace(KernelEntry entry) {
    return entry.kind() == KernelEntry.Kind.ROUTE
        || entry.words().stream().anyMatch(PRIORITIES::contains);
  }

  /** A rule without a priority gets one as in keepalived, in the order of the file. */
  private KernelEntry placed(KernelEntry entry, Statement statement) {
    if (hasPlace(entry)) {
      return entry;
    }
    String priority = Integer.toString(values.nextRulePriority(entry.family()));
    values.warning(
        statement.words().get(0).place(),
        "the rule has no priority and gets " + priority + ", as in keepalived",
        "write: priority " + priority);
    return entry.with("priority", priority);
  }

  private void report(Statement statement, KernelEntry entry, KernelWords.Complaint complaint) {
    Word at = at(statement, entry, complaint.index());
    values.warning(
        at.place(),
        complaint.text(),
        complaint.hint() + "; the " + noun(entry.kind()) + " is left out, as in keepalived");
  }

  private static String noun(KernelEntry.Kind kind) {
    return kind == KernelEntry.Kind.ROUTE ? "route" : "rule";
  }

  private static Word at(Statement statement, KernelEntry entry, int index) {
    String word = entry.words().isEmpty() ? "" : entry.words().get(Math.max(0, index));
    return statement.words().stream()
        .filter(it -> it.text().equals(word))
        .findFirst()
        .orElse(statement.words().get(0));
  }

  /** One line. */
  private final class Entry {

    private final KernelEntry.Kind kind;
    private final List<String> kept = new ArrayList<>();
    private Optional<AddressFamily> family = Optional.empty();
    private Optional<String> table = Optional.empty();
    private Optional<String> device = Optional.empty();
    private Optional<String> trackGroup = Optional.empty();
    private boolean isTracked = true;
    private boolean isRefused;

    Entry(KernelEntry.Kind kind) {
      this.kind = kind;
    }

    /** Empty when something in it is wrong, which was said. */
    Optional<KernelEntry> read(List<Word> words) {
      Iterator<Word> rest = words.iterator();
      while (rest.hasNext()) {
        option(rest.next(), rest);
      }
      return isRefused
          ? Optional.empty()
          : Optional.of(
              new KernelEntry(
                  kind,
                  kept,
                  family.orElse(AddressFamily.IPV4),
                  table,
                  device,
                  isTracked,
                  trackGroup));
    }

    private void option(Word word, Iterator<Word> rest) {
      String text = word.text();
      Set<String> devices = kind == KernelEntry.Kind.ROUTE ? ROUTE_DEVICES : RULE_DEVICES;
      if (devices.contains(text)) {
        device =
            next(word, rest)
                .map(it -> AddressKeywords.interfaceName(it, values))
                .filter(this::isInterface)
                .map(Word::text);
      } else if (TABLES.contains(text)) {
        table = next(word, rest).map(Word::text);
      } else if (text.equals("track_group")) {
        trackGroup = isStatic ? next(word, rest).map(Word::text) : misplaced(word);
      } else if (text.equals("no_track")) {
        isTracked = false;
      } else if (text.equals("inet") || text.equals("inet6")) {
        family = Optional.of(text.equals("inet") ? AddressFamily.IPV4 : AddressFamily.IPV6);
      } else {
        keep(word);
      }
    }

    private Optional<String> misplaced(Word word) {
      isRefused = true;
      String noun = noun(kind);
      values.warning(
          word.place(),
          "track_group is for static "
              + noun
              + "s only; the "
              + noun
              + " is left out, as in keepalived",
          "delete the word and the name behind it: a "
              + noun
              + " of an instance follows the instance");
      return Optional.empty();
    }

    private void keep(Word word) {
      if (word.text().equals("gw")) {
        values.warning(word.place(), "gw is an old word for via", "write via");
        kept.add("via");
        return;
      }
      if (family.isEmpty()) {
        family = values.host(word).map(IpAddress::family);
      }
      kept.add(word.text());
    }

    private boolean isInterface(Word name) {
      if (AddressKeywords.isInterfaceName(name.text())) {
        return true;
      }
      values.error(
          name.place(),
          Values.quoted(name) + " cannot be the name of a network interface",
          "names have 1 to 15 characters, no slash and no colon");
      return false;
    }

    private Optional<Word> next(Word option, Iterator<Word> rest) {
      if (!rest.hasNext()) {
        values.error(option.place(), option.text() + " needs a value", "write it behind");
        isRefused = true;
        return Optional.empty();
      }
      return Optional.of(rest.next());
    }
  }
}
