package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/**
 * The keywords of {@code authentication}: collects what is written; {@link AuthenticationAssembler}
 * makes the protection of packets of it.
 */
final class AuthenticationKeywords {

  static final String AUTH_TYPE = "auth_type";
  static final String AUTH_PASS = "auth_pass";

  private static final List<String> KNOWN = List.of(AUTH_TYPE, AUTH_PASS);

  private final Values values;
  private Optional<Statement> block = Optional.empty();
  private Optional<Word> type = Optional.empty();
  private Optional<Word> password = Optional.empty();
  private Optional<Word> behindType = Optional.empty();

  AuthenticationKeywords(Values values) {
    this.values = values;
  }

  void interpret(Statement statement) {
    block.ifPresent(
        before ->
            values.warning(
                before.place(),
                "authentication is given again in "
                    + statement.place().textFrom(before.place())
                    + "; what that says counts, as in keepalived",
                "delete one"));
    block = Optional.of(statement);
    for (Statement inside : statement.children()) {
      switch (inside.keyword()) {
        case AUTH_TYPE -> {
          reportAgain(type, inside);
          type = type(inside);
        }
        case AUTH_PASS -> {
          reportAgain(password, inside);
          password = password(inside);
        }
        default -> unknown(statement, inside);
      }
    }
    behindType
        .filter(it -> password.isPresent() || !it.text().equals(AUTH_PASS))
        .ifPresent(this::surplus);
  }

  private void reportAgain(Optional<Word> before, Statement again) {
    if (before.isPresent()) {
      values.warning(
          again.place(),
          again.keyword() + " is given again; this one counts, as in keepalived",
          "delete one");
    }
  }

  private void surplus(Word word) {
    values.warning(
        word.place(),
        (word.text().equals(AUTH_PASS) ? "'" + AUTH_PASS + "'" : "what follows")
            + " after auth_type is ignored",
        "write each setting on a line of its own");
  }

  Optional<Statement> block() {
    return block;
  }

  Optional<Word> type() {
    return type;
  }

  Optional<Word> password() {
    return password;
  }

  /** One that should have been another costs the whole block, unless that is there, too. */
  private void unknown(Statement around, Statement statement) {
    boolean isFatal =
        meant(statement.keyword())
            .filter(it -> TreePlaces.keyword(around.children(), it).isEmpty())
            .isPresent();
    values.unknownIn(
        statement,
        "authentication",
        KNOWN,
        isFatal ? " is ignored, so nothing is authenticated" : " is ignored");
  }

  private Optional<Word> type(Statement statement) {
    Optional<Word> word = values.required(statement, "PASS or AH");
    behindType = statement.argument(1).filter(it -> !Habits.isSign(word.get()));
    return word;
  }

  private Optional<Word> password(Statement statement) {
    Optional<Word> word = values.required(statement, "a password");
    if (statement.argument(1).isPresent()) {
      values.warning(
          statement.argument(1).get().place(),
          "auth_pass ends at the blank; what follows is ignored, as in keepalived",
          word.flatMap(it -> Habits.isSign(it) ? Habits.value(it) : Optional.empty())
              .orElse("put the password in double quotes"));
    }
    if (word.filter(it -> it.text().isEmpty()).isPresent()) {
      values.unprotected(
          word.get().place(),
          "auth_pass is empty, so nothing is authenticated, as in keepalived",
          "write one");
      return Optional.empty();
    }
    return word;
  }

  /** What a keyword that is not known is meant to be; empty for one that is. */
  static Optional<String> meant(String keyword) {
    return KNOWN.contains(keyword) ? Optional.empty() : Similar.to(keyword, KNOWN);
  }
}
