package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.vipd.daemon.config.EntryWords.Finding.Kind;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Goes through the words of a route or a rule, one after the other. A word that is known and not
 * done is a finding; when the entry would be another one without it, there is no entry.
 */
public abstract class EntryWords {

  /** More names than these are not listed in a message. */
  private static final int LISTED_NAMES = 12;

  private static final int BITS_IPV4 = 32;
  private static final int BITS_IPV6 = 128;

  /**
   * Something to say about a word.
   *
   * @param index of the word
   * @param text what is wrong
   * @param hint what to do; empty when there is nothing
   * @param consequence what becomes of the entry where that is no error; empty when nothing does
   * @param kind what becomes of it
   */
  public record Finding(int index, String text, String hint, String consequence, Kind kind) {

    /** What becomes of a finding. */
    public enum Kind {
      /** The entry is what it says nevertheless. */
      ODD,
      /** The text names what is known and not done. */
      NOT_YET,
      /** The entry is none. */
      WRONG,
      /** The same, because a word lacks its value: keepalived ends then. */
      MISSING
    }

    /** The same as a problem at the place of its word, where an entry without sense is left out. */
    public ConfigProblem at(Place place) {
      if (kind == Kind.NOT_YET) {
        return ConfigProblem.notYet(place, text, consequence);
      }
      return kind == Kind.MISSING
          ? strictly(place)
          : new ConfigProblem(place, ConfigProblem.Severity.WARNING, text, advice());
    }

    private String advice() {
      if (consequence.isEmpty()) {
        return hint;
      }
      return hint + (hint.endsWith("?") ? " " : "; ") + consequence;
    }

    /** The same where an entry without sense is refused. */
    public ConfigProblem strictly(Place place) {
      return kind == Kind.WRONG || kind == Kind.MISSING
          ? new ConfigProblem(place, ConfigProblem.Severity.ERROR, text, hint)
          : at(place);
    }
  }

  private final KernelEntry entry;
  private final String noun;
  private final List<Finding> findings = new ArrayList<>();
  private int position;
  private boolean isUnusable;

  EntryWords(KernelEntry entry, String noun) {
    this.entry = entry;
    this.noun = noun;
  }

  /** Reads a route or a rule. */
  public static EntryWords of(KernelEntry entry) {
    return entry.kind() == KernelEntry.Kind.ROUTE ? new RouteWords(entry) : new RuleWords(entry);
  }

  /** Whether it can never be installed, because it makes no sense. */
  public final boolean isWrong() {
    return findings.stream().anyMatch(it -> it.kind() == Kind.WRONG || it.kind() == Kind.MISSING);
  }

  /** What there is to say. */
  public final List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Takes a word, and those behind it that belong to it. */
  abstract void word(String word);

  final void readAll() {
    while (position < entry.words().size()) {
      word(entry.words().get(position));
      position++;
    }
  }

  final KernelEntry entry() {
    return entry;
  }

  /** Whether it cannot be installed. */
  final boolean isUnusable() {
    return isUnusable;
  }

  /** What becomes of an entry with a mistake. */
  private String dropped() {
    return "the " + noun + " is not installed";
  }

  /** The place of the present word. */
  final int position() {
    return position;
  }

  /** The word behind the present one, which is then the present one. */
  final Optional<String> value() {
    if (position + 1 >= entry.words().size()) {
      isUnusable = true;
      String text = entry.words().get(position) + " needs a value";
      findings.add(new Finding(position, text, "write it behind", "", Kind.MISSING));
      return Optional.empty();
    }
    position++;
    return Optional.of(entry.words().get(position));
  }

  /** Whether the word behind the present one is this one, which is then the present one. */
  final boolean skips(String next) {
    boolean isNext =
        position + 1 < entry.words().size() && entry.words().get(position + 1).equals(next);
    position += isNext ? 1 : 0;
    return isNext;
  }

  final long number(Map<String, Integer> names, long maximum) {
    Optional<String> word = value();
    return word.isEmpty() ? 0 : parse(word.get(), names, maximum);
  }

  /** A number that is the present word or a part of it. */
  final long parse(String text, Map<String, Integer> names, long maximum) {
    if (names.containsKey(text)) {
      return names.get(text);
    }
    OptionalLong number = Digits.upTo(maximum, text);
    if (number.isEmpty()) {
      String word = entry.words().get(position);
      String what = "'" + word + "' in a " + noun + (text.equals(word) ? "" : ": '" + text + "'");
      wrong(what + " must be " + accepted(names, maximum), "correct it");
      return 0;
    }
    return number.getAsLong();
  }

  private static String accepted(Map<String, Integer> names, long maximum) {
    String number = "a number from 0 to " + maximum;
    return names.isEmpty() || names.size() > LISTED_NAMES
        ? number
        : String.join(", ", new TreeSet<>(names.keySet())) + " or " + number;
  }

  /** The present word as an address with a length; empty when it is none. */
  final Optional<Prefix> prefix(String word) {
    int slash = word.indexOf('/');
    Optional<IpAddress> parsed = IpAddress.parse(slash < 0 ? word : word.substring(0, slash));
    if (parsed.isEmpty()) {
      return Optional.empty();
    }
    int longest = parsed.get().family() == AddressFamily.IPV4 ? BITS_IPV4 : BITS_IPV6;
    int length = slash < 0 ? longest : (int) parse(word.substring(slash + 1), Map.of(), longest);
    return Optional.of(new Prefix(parsed.get(), length));
  }

  /** A word that is known and not done. */
  final void notDone(String word, String consequence) {
    findings.add(new Finding(position, word + " in a " + noun, "", consequence, Kind.NOT_YET));
  }

  /** The same, and the entry would be another one without it. */
  final void notDoneAtAll(String word) {
    notDone(word, dropped());
    isUnusable = true;
    position = entry.words().size();
  }

  final void find(int index, String text, String hint) {
    findings.add(new Finding(index, text, hint, "", Kind.ODD));
  }

  /** A mistake at the present word. */
  final void wrong(String text, String hint) {
    wrongAt(Math.max(0, Math.min(position, entry.words().size() - 1)), text, hint);
  }

  final void wrongAt(int index, String text, String hint) {
    isUnusable = true;
    findings.add(new Finding(index, text, hint, dropped(), Kind.WRONG));
  }
}
