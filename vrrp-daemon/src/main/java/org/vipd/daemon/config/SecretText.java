package org.vipd.daemon.config;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a configuration, in either language, without the secrets in them. */
public final class SecretText {

  private static final String HIDDEN = "(not shown)";

  /** The name of a definition that is one, to judge by it. */
  private static final String NAMED = "^\\s*\\$?\\w{0,30}(?i:pass|secret|token|pwd)\\w{0,30}\\s*=";

  private static final Pattern NAMED_SECRET = Pattern.compile(NAMED);

  /** A setting of a secret that is commented out; other comments may have such words. */
  private static final Pattern SETTING =
      Pattern.compile(
          NAMED
              + "|^\\s*(?:auth[-_]?pas\\w*|webhook|key\\s+\\d+)\\s"
              + "|^\\s*(?:password|secret)\\s*[:=]");

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
              + "|\\bsec\\w{2,4}t[\"']?\\s*:\\s*\\{(?!\\s*(?:file|environment)\\b)"
              + "|^\\s*(?:authentication|auth_hmac)\\s(?=\\s*[^\\s{#!])"
              + "|\\b\\w{0,40}(?:web|hook)\\w{0,40}[\"']?[\\s=:]+[\"']?(?=\\w+://)"
              + "|(?<![^\\s/@:])[^\\s/@:]{1,64}+:(?=[^\\s/@]{1,200}@)"
              + "|smtp_s\\w{4,8}\\s+[^\\s:]{1,64}@\\S{1,200}\\s"
              + "|"
              + NAMED
              + "|\\bkey\\s+(?:\\d+\\s+)?"
              + "|^\\s*\\$\\w+\\s*="
              + "|\\b(?:secret|password|webhooks)[\"']?\\s*:\\s"
              + "|^\\s*-\\s+[\"']?(?=\\w+://))\\s*[^\\s{].*");

  private static final Pattern LOGIN = Pattern.compile("([^\\s/@:]{1,64}:)[^\\s/@]{1,200}@");

  /** A sequence of passwords or keys. */
  private static final Pattern LIST = Pattern.compile("(~LST)\\(.*\\)\\s*(?:auth_pass|key)\\b");

  /** A key whose secret stands on the next line. */
  private static final Pattern OPEN =
      Pattern.compile("(?:secret|password)[\"']?\\s*:\\s*(?:[|>][-+0-9]*)?\\s*(?:#.*)?$");

  /** What begins a block of secrets. */
  private static final Pattern BLOCK =
      Pattern.compile("^\\s*(?:authentication|auth_hmac|hmac|keys)\\b\\s*[{:]?\\s*(?:[#!].*)?$");

  /** Lines there that have none. */
  private static final Pattern PUBLIC =
      Pattern.compile(
          "^\\s*(?:[{}#!].*|(?:- )?\\s*(?:type|id|active[-_]key|replay|window|mode|time_window"
              + "|anti_replay|auth_type)\\b.*|[\\w-]+\\s*(?::|[{]|:\\s*[{])\\s*$)");

  private static final Pattern WORD = Pattern.compile("(?:- )?[\\w-]{1,20}[:=]?");

  /** So many characters of a secret are always shown together. */
  private static final int WHOLE = 40;

  /** Blocks of secrets are short. */
  private static final int BLOCK_LIMIT = 40;

  private SecretText() {}

  /** Whether a block of keepalived.conf holds secrets. */
  public static boolean isBlock(String name) {
    return name.equals("authentication") || name.equals("auth_hmac");
  }

  /** An address with what stands between the name of a user and the host left out. */
  public static String withoutPassword(String text) {
    return text.indexOf('@') < 0 ? text : LOGIN.matcher(text).replaceAll("$1" + HIDDEN + "@");
  }

  /** A comment in which the value of a setting that is commented out is left out. */
  public static String ofComment(String text) {
    return SETTING.matcher(text).find() ? hidden(text) : text;
  }

  /** Whether a line defines something that is named for a secret. */
  public static boolean isNamedSecret(String line) {
    return NAMED_SECRET.matcher(line).find();
  }

  /** A text in which secrets that are known are left out. */
  static String without(String text, Collection<String> secrets) {
    String shown = text;
    for (String secret : secrets) {
      // a message shows the beginning of a long one
      String word =
          secret.length() <= WHOLE
              ? Pattern.quote(secret) + "(?!\\w)"
              : Pattern.quote(secret.substring(0, WHOLE)) + "[^\\s']*";
      shown = shown.replaceAll("(?<!\\w)" + word, Matcher.quoteReplacement(HIDDEN));
    }
    return shown;
  }

  /** A line with what follows such a word left out. */
  public static String hidden(String line) {
    Matcher list = LIST.matcher(line);
    if (list.find()) {
      return line.substring(0, list.end(1)) + " " + HIDDEN;
    }
    Matcher matcher = BEFORE.matcher(line);
    return matcher.find() ? line.substring(0, matcher.end(1)).stripTrailing() + " " + HIDDEN : line;
  }

  /**
   * A line among others: the one before it may say that it is a secret, and in a block of secrets
   * whatever is misspelt may be one.
   */
  public static String hidden(List<String> lines, int index) {
    String line = lines.get(index);
    boolean isSecret = index > 0 && OPEN.matcher(lines.get(index - 1)).find();
    int indent = indent(line);
    if (isSecret) {
      return line.substring(0, indent) + HIDDEN;
    }
    boolean isOpen = line.isBlank() || PUBLIC.matcher(line).find();
    return !isOpen && isInSecrets(lines, index) ? firstWord(line, indent) : hidden(line);
  }

  /** Whether a line stands in a block of keys or passwords, by braces or by indentation. */
  private static boolean isInSecrets(List<String> lines, int index) {
    int indent = indent(lines.get(index));
    int closed = 0;
    boolean hasBraces = false;
    boolean isOpenBelow = false;
    for (int i = index - 1; i >= Math.max(0, index - BLOCK_LIMIT); i--) {
      String line = lines.get(i);
      boolean opens = false;
      for (int at = line.length() - 1; at >= 0; at--) {
        char c = line.charAt(at);
        hasBraces |= c == '{' || c == '}';
        opens |= c == '{' && closed == 0;
        closed += c == '}' ? 1 : c == '{' && closed > 0 ? -1 : 0;
      }
      boolean isAround =
          line.contains(":") ? indent(line) < indent : opens || isOpenBelow || !hasBraces;
      if (isAround && BLOCK.matcher(line).find()) {
        return true;
      }
      // the word of a brace that stands alone is above it
      isOpenBelow = line.isBlank() ? isOpenBelow : opens && line.strip().startsWith("{");
      if (!line.isBlank() && line.contains(":") && indent(line) < indent) {
        indent = indent(line);
      }
    }
    return false;
  }

  private static String firstWord(String line, int indent) {
    Matcher word = WORD.matcher(line.substring(indent));
    boolean isAlone = !word.lookingAt() || word.group().length() == line.strip().length();
    return line.substring(0, indent) + (isAlone ? "" : word.group() + " ") + HIDDEN;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
