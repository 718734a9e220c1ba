package org.vipd.daemon.config.keepalived;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vipd.daemon.config.OddBlank;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.keepalived.text.Statement;

/** What somebody may have meant by a word that is not known in a scope. */
final class Guess {

  /** What lists in a block are called, by what defines their elements. */
  private static final Map<String, String> LISTS =
      Map.of(
          "vrrp_script", "track_script",
          "vrrp_track_process", "track_process",
          "vrrp_track_file", "track_file",
          "bfd_instance", "track_bfd");

  /** Words of blocks that have readers of their own. */
  private static final Map<String, String> INSIDE =
      Map.of(
          "auth_type", "authentication", "auth_pass", "authentication", "active_key", "auth_hmac");

  private static final List<String> PROTECTION = List.of("authentication", "auth_hmac");

  /** What settings of an instance are called elsewhere. */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "vrid", "virtual_router_id",
          "dev", "interface",
          "device", "interface",
          "prio", "priority",
          "vip", "virtual_ipaddress",
          "vips", "virtual_ipaddress",
          "virtual_ip", "virtual_ipaddress",
          "virtual_ips", "virtual_ipaddress");

  /** What the program of a check is called elsewhere. */
  private static final Set<String> SCRIPT =
      Set.of("command", "exec", "cmd", "run", "program", "executable", "shell");

  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z_][A-Z0-9_]{0,63}=");
  private static final Pattern CONFLICT = Pattern.compile("<{7}|={7}|>{7}");

  private final KeywordTable table = KeywordTable.get();
  private final Statement statement;
  private final Scope here;
  private final String word;
  private Optional<Optional<String>> similar = Optional.empty();

  Guess(Statement statement, Scope here) {
    this.statement = statement;
    this.here = here;
    this.word = statement.keyword();
  }

  /** Whether one of these keywords is meant, and nothing else can be. */
  boolean isOneOf(Collection<String> keywords) {
    Optional<String> sure = sure();
    return sure.isPresent()
        ? keywords.contains(sure.get())
        : mayBe(keywords) && similar().filter(keywords::contains).isPresent();
  }

  /** What is lost with it. */
  ProblemKind kind() {
    if (here == Scope.INSTANCE && isOfAuthentication()) {
      return ProblemKind.NO_AUTHENTICATION;
    }
    return meant().map(ProblemKind::leftOut).orElse(ProblemKind.PLAIN);
  }

  /** Whether it seems to be meant to protect packets. */
  private boolean isOfAuthentication() {
    return INSIDE.containsKey(word) || word.startsWith("auth") || isOneOf(PROTECTION);
  }

  /** The keyword that is meant. */
  Optional<String> meant() {
    return sure().or(this::similar);
  }

  private Optional<String> sure() {
    return OddBlank.without(word).or(() -> Habits.keyword(statement));
  }

  /** Costs little, other than to look at all keywords. */
  private boolean mayBe(Collection<String> keywords) {
    return keywords.contains(word.toLowerCase(Locale.ROOT))
        || Similar.to(word, keywords).isPresent()
        || otherwise().filter(keywords::contains).isPresent();
  }

  private Optional<String> otherwise() {
    if (here == Scope.SCRIPT && SCRIPT.contains(word)) {
      return Optional.of("script");
    }
    return here == Scope.INSTANCE ? Optional.ofNullable(OTHERWISE.get(word)) : Optional.empty();
  }

  private Optional<String> similar() {
    if (similar.isEmpty()) {
      similar =
          Optional.of(
              otherwise().isPresent()
                  ? otherwise()
                  : known(word.toLowerCase(Locale.ROOT))
                      .or(() -> Similar.to(word, table.names(here))));
    }
    return similar.get();
  }

  private Optional<String> known(String name) {
    return table.find(here, name).map(ignored -> name);
  }

  /** What is known nowhere, or not as a keyword of a block. */
  private Optional<String> hintOutside() {
    Optional<String> comment = Habits.comment(word);
    if (comment.isPresent()) {
      return comment;
    }
    if (CONFLICT.matcher(word).matches()) {
      return Optional.of("it marks a conflict of versions: resolve it");
    }
    if (here == Scope.INSTANCE && INSIDE.containsKey(word)) {
      return Optional.of("it belongs into the block " + INSIDE.get(word));
    }
    if (here == Scope.ROOT && statement.argument(0).filter(Habits::isSign).isPresent()) {
      return Optional.of("write without blanks: " + word + "=...").filter(it -> isDefinition());
    }
    if (here == Scope.ROOT && ASSIGNMENT.matcher(word).lookingAt()) {
      return Optional.of("a definition begins with a $: write $" + word.split("=", 2)[0] + "=...");
    }
    return similar()
        .or(() -> here == Scope.ROOT ? Similar.to(word, List.of("include")) : Optional.empty())
        .map(Similar::question);
  }

  private boolean isDefinition() {
    return word.startsWith("$");
  }

  /** What to do about it, if anything is known. */
  Optional<String> hint() {
    Optional<String> odd = OddBlank.hint(word);
    if (odd.isPresent()) {
      return odd;
    }
    if (Habits.keyword(statement).filter(it -> table.find(here, it).isPresent()).isPresent()) {
      return Optional.of("write: " + Habits.line(statement));
    }
    if (LISTS.containsKey(word)
        && statement.arguments().isEmpty()
        && table.find(here, LISTS.get(word)).isPresent()) {
      return Optional.of(Similar.question(LISTS.get(word)));
    }
    if (here != Scope.ROOT
        && statement.block().isPresent()
        && table.find(Scope.ROOT, word).isPresent()) {
      return Optional.of("it belongs to the top of the file: is a } missing above it?");
    }
    String homes =
        Arrays.stream(Scope.values())
            .filter(it -> it != Scope.ROOT && table.find(it, word).isPresent())
            .map(Scope::text)
            .collect(Collectors.joining(" and "));
    return homes.isEmpty()
        ? hintOutside()
        : Optional.of("it is known " + homes + ": move it there");
  }
}
