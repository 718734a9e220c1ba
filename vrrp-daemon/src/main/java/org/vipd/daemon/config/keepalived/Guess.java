package org.vipd.daemon.config.keepalived;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.OddBlank;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.keepalived.text.Statement;

/** What somebody may have meant by a word that is not known in a scope. */
final class Guess {

  private final KeywordTable table = KeywordTable.get();
  private final Statement statement;
  private final Scope here;
  private final String word;

  Guess(Statement statement, Scope here) {
    this.statement = statement;
    this.here = here;
    this.word = statement.keyword();
  }

  /** Whether one of these keywords is meant, and nothing else can be. */
  boolean isOneOf(Collection<String> keywords) {
    return OddBlank.before(word)
        .or(() -> Habits.keyword(statement))
        .or(() -> Similar.to(word, table.names(here)))
        .filter(keywords::contains)
        .isPresent();
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
        ? Similar.to(word, table.names(here)).map(name -> "did you mean " + name + "?")
        : Optional.of("it is known " + homes + ": move it there");
  }
}
