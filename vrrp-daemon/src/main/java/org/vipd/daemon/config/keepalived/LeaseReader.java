package org.vipd.daemon.config.keepalived;

import java.util.Optional;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/** Reads {@code vipd_lease}, which keepalived does not know: seconds, {@code auto} or off. */
final class LeaseReader {

  private static final String DIGITS = "[0-9]{1,4}";

  private final Values values;

  LeaseReader(Values values) {
    this.values = values;
  }

  Lease read(Statement statement, Lease.Patience patience) {
    Lease longest = Lease.longest(patience);
    Optional<Word> word = values.required(statement, "whole seconds, auto or off");
    if (word.isEmpty()) {
      return longest;
    }
    String text = word.get().text();
    return switch (text) {
      case "auto" -> longest;
      case "off", "no" -> Lease.OFF;
      default -> seconds(word.get(), patience).orElse(longest);
    };
  }

  private Optional<Lease> seconds(Word word, Lease.Patience patience) {
    if (!word.text().matches(DIGITS)) {
      values.error(
          word.place(),
          "vipd_lease must be whole seconds, auto or off, found " + Values.quoted(word),
          "delete the line to get the longest safe lease");
      return Optional.empty();
    }
    int seconds = Integer.parseInt(word.text());
    Optional<String> objection = Lease.objection(seconds, patience);
    objection.ifPresent(
        why ->
            values.error(
                word.place(),
                why,
                "delete the line to get "
                    + Lease.longest(patience).seconds()
                    + " s, or write off"));
    return objection.isPresent() ? Optional.empty() : Optional.of(new Lease(seconds));
  }
}
