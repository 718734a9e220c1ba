package org.vipd.daemon.config.migrate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a configuration without the secrets in them. */
final class SecretText {

  /** Keywords that a secret follows; a definition may hold one, too. */
  private static final Pattern BEFORE =
      Pattern.compile("(\\b(?:auth_pass|webhook|key\\s+\\S+)\\s|^\\$[A-Za-z0-9_]+=).*");

  private SecretText() {}

  static String hidden(String line) {
    Matcher matcher = BEFORE.matcher(line);
    return matcher.find()
        ? line.substring(0, matcher.end(1)).stripTrailing() + " (not shown)"
        : line;
  }
}
