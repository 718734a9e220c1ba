package org.vipd.daemon.config.keepalived;

import org.vipd.daemon.config.Printable;
import org.vipd.daemon.config.keepalived.text.Word;

/** Names of instances and groups, which stand in logs and in lines that programs read. */
final class BlockNames {

  private BlockNames() {}

  /** Whether a name has no control character, which an escape in quotes may have made. */
  static boolean isUsable(String keyword, Word name, Values values) {
    if (name.text().chars().noneMatch(Character::isISOControl)) {
      return true;
    }
    values.error(
        name.place(),
        "the name of a "
            + keyword
            + " has characters that cannot be seen: "
            + Printable.of(name.text()),
        "names stand in logs, and in lines of pipes that programs read: write it without");
    return false;
  }
}
