package org.vipd.daemon.config.keepalived;

import java.util.List;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/** {@code weight N [reverse]} in the definition of a tracker. */
final class WeightDraft {

  private final Values values;
  private final int limit;
  private int value;
  private boolean isReversed;

  /** A weight within the limit, either sign, that is so much unless given. */
  WeightDraft(Values values, int limit, int usual) {
    this.values = values;
    this.limit = limit;
    this.value = usual;
  }

  int value() {
    return value;
  }

  boolean isReversed() {
    return isReversed;
  }

  void read(Statement statement) {
    value = values.numbers().whole(statement, -limit, limit, value);
    List<Word> rest = statement.arguments();
    if (rest.size() > 1) {
      isReversed = rest.get(1).text().equals("reverse");
      if (!isReversed) {
        values.warning(
            rest.get(1).place(),
            "unknown word " + Values.quoted(rest.get(1)) + " after weight is ignored",
            "only 'reverse' may follow");
      }
    }
  }
}
