package org.vipd.daemon.config.yaml.key;

import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.keepalived.KeywordTable;
import org.vipd.daemon.config.keepalived.Scope;

/**
 * What is known of a key.
 *
 * @param name the key
 * @param shape what its value looks like
 * @param defaultText the default as it is written; words in parentheses say where it comes from
 * @param keepalived the keyword that means the same, perhaps with its scope; {@code -} for none
 * @param meaning what it is for, in a sentence
 */
public record Key(String name, Shape shape, String defaultText, String keepalived, String meaning) {

  private static final String REQUIRED = "required";
  private static final String ALTERNATIVE = "one";

  /** Whether a section without it is an error. */
  public boolean isRequired() {
    return defaultText.equals(REQUIRED);
  }

  /** Whether a section needs exactly one of its keys of this kind. */
  public boolean isAlternative() {
    return defaultText.equals(ALTERNATIVE);
  }

  /** The value that is used when the key is not written; empty when that depends. */
  public Optional<Object> defaultValue() {
    boolean isValue =
        !isRequired()
            && !isAlternative()
            && !defaultText.equals("-")
            && !defaultText.startsWith("(");
    return isValue ? Optional.of(shape.literal(defaultText)) : Optional.empty();
  }

  /** Whether it is read and the daemon does not follow it yet, as its keyword in the table. */
  public boolean isLater() {
    return keywordScope()
        .flatMap(
            scope ->
                KeywordTable.get().find(Scope.valueOf(scope.toUpperCase(Locale.ROOT)), keyword()))
        .filter(it -> it.effect() == Keyword.Effect.LATER)
        .isPresent();
  }

  /** The keyword without its scope. */
  public String keyword() {
    return keepalived.substring(keepalived.indexOf(':') + 1);
  }

  /** The scope of the keyword in the table of keepalived's keywords; empty when it is not there. */
  public Optional<String> keywordScope() {
    int colon = keepalived.indexOf(':');
    return colon < 0 ? Optional.empty() : Optional.of(keepalived.substring(0, colon));
  }
}
