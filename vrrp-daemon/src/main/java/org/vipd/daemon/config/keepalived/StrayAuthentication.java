package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.keepalived.text.Statement;

/**
 * Settings of {@code authentication} that stand in an instance itself: two lines, and one mistake.
 */
final class StrayAuthentication {

  private StrayAuthentication() {}

  /** The statements of an instance without these two, of which is then said where they belong. */
  static List<Statement> removed(List<Statement> statements, Values values) {
    Optional<Statement> type = stray(statements, AuthenticationKeywords.AUTH_TYPE);
    Optional<Statement> password = stray(statements, AuthenticationKeywords.AUTH_PASS);
    if (type.isEmpty() || password.isEmpty()) {
      return statements;
    }
    boolean isTypeFirst = statements.indexOf(type.get()) < statements.indexOf(password.get());
    Statement first = isTypeFirst ? type.get() : password.get();
    Statement second = isTypeFirst ? password.get() : type.get();
    boolean hasBlock = statements.stream().anyMatch(it -> it.keyword().equals("authentication"));
    values.unprotected(
        first.place(),
        first.keyword()
            + " and "
            + second.keyword()
            + " ("
            + second.place().textFrom(first.place())
            + ") do not stand in a block authentication and are ignored"
            + (hasBlock ? "" : ", so nothing is authenticated"),
        hasBlock
            ? "move them into the block, or delete them"
            : "write authentication { on a line above them and } on one below");
    return statements.stream().filter(it -> !it.equals(first) && !it.equals(second)).toList();
  }

  private static Optional<Statement> stray(List<Statement> statements, String keyword) {
    return statements.stream()
        .filter(it -> it.keyword().equals(keyword) && it.block().isEmpty())
        .filter(it -> it.argument(0).isPresent())
        .findFirst();
  }
}
