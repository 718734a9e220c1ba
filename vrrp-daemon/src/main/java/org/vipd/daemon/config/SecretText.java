package org.vipd.daemon.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a configuration, in either language, without the secrets in them. */
public final class SecretText {

  private static final String HIDDEN = "(not shown)";

  /** What a secret follows: keywords, a definition, which may hold one too, and keys of YAML. */
  private static final Pattern BEFORE =
      Pattern.compile(
          "(\\b(?:auth[-_]?pas\\w*|webhook)[\\s=:]"
              // what people write for auth_pass, or a password where the type belongs
              + "|^\\s*(?:pass|passw(?:or)?d|passphrase|secret)\\b[\\s=:]"
              + "|\\bauth[-_]?pass(?=\\w)"
              + "|\\bauth_type\\s(?!\\s*[\"']?(?:PASS|AH|SHA\\w*|NONE|HMAC\\w*)\\b)"
              + "|\\bauthentication[\"']?\\s*:\\s(?!\\s*\\{)"
              + "|\\bsec\\w{2,4}t[\"']?\\s*:\\s"
              + "|\\bkey\\s+(?:\\d+\\s+)?"
              + "|^\\s*\\$\\w+\\s*="
              + "|\\b(?:secret|password|webhooks)[\"']?\\s*:\\s"
              + "|^\\s*-\\s+[\"']?(?=https?:))\\s*[^\\s{].*");

  /** A key whose secret stands on the next line. */
  private static final Pattern OPEN =
      Pattern.compile("(?:secret|password)[\"']?\\s*:\\s*(?:[|>][-+0-9]*)?\\s*(?:#.*)?$");

  private SecretText() {}

  /** A line with what follows such a word left out. */
  public static String hidden(String line) {
    Matcher matcher = BEFORE.matcher(line);
    return matcher.find() ? line.substring(0, matcher.end(1)).stripTrailing() + " " + HIDDEN : line;
  }

  /** A line among others: the one before it may say that it is a secret. */
  public static String hidden(List<String> lines, int index) {
    String line = lines.get(index);
    boolean isSecret = index > 0 && OPEN.matcher(lines.get(index - 1)).find();
    int indent = line.length() - line.stripLeading().length();
    return isSecret ? line.substring(0, indent) + HIDDEN : hidden(line);
  }
}
