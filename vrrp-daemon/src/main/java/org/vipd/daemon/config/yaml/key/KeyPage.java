package org.vipd.daemon.config.yaml.key;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vipd.daemon.config.keepalived.Keyword;

/** The tables of keys in {@code docs/configuration.md}. */
public final class KeyPage {

  private static final String HEAD =
      "| Key | Value | Default | keepalived | Meaning |\n|---|---|---|---|---|\n";

  private KeyPage() {}

  /** The table of a section. */
  public static String section(String name) {
    return HEAD
        + KeyTable.get().keys(name).values().stream()
            .map(KeyPage::row)
            .collect(Collectors.joining());
  }

  /** The table of the options of a scope. */
  public static String options(String scope) {
    StringBuilder text =
        new StringBuilder("| Key | Value | keepalived | In vipd |\n|---|---|---|---|\n");
    for (Map.Entry<String, Keyword> entry : OptionNames.of(scope).entrySet()) {
      List<String> cells =
          List.of(
              "`" + entry.getKey() + "`",
              OptionsShape.shape(entry.getValue()).words(),
              "`" + entry.getValue().name() + "`",
              effect(entry.getValue().effect()));
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return text.toString();
  }

  private static String effect(Keyword.Effect effect) {
    return switch (effect) {
      case YES -> "yes";
      case LATER -> "read, not yet effective";
      case NEVER -> "no meaning";
    };
  }

  private static String row(Key key) {
    List<String> cells =
        List.of(
            "`" + key.name() + "`",
            key.shape().words(),
            defaultCell(key),
            key.keepalived().equals("-") ? "" : "`" + key.keyword() + "`",
            key.meaning() + (key.isLater() ? " Read, not yet effective." : ""));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String defaultCell(Key key) {
    if (key.defaultText().equals("-")) {
      return "";
    }
    if (key.isAlternative()) {
      return "one of these";
    }
    boolean isWords = key.isRequired() || key.defaultText().startsWith("(");
    return isWords ? key.defaultText().replaceAll("^\\(|\\)$", "") : "`" + key.defaultText() + "`";
  }
}
