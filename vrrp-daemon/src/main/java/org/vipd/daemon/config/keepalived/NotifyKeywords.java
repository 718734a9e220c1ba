package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vipd.daemon.config.global.Settings.Value;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.probe.ProbeText;

/** Keywords about notification that keepalived does not have. */
final class NotifyKeywords {

  private static final Set<String> SECURITIES = Set.of("none", "opportunistic", "starttls", "tls");

  private final Values values;

  NotifyKeywords(Values values) {
    this.values = values;
  }

  /** Reads a statement; what it says is added to the settings when it makes sense. */
  void read(Statement statement, Map<String, Value> settings) {
    if (statement.keyword().equals("webhook")) {
      webhook(statement, settings);
    } else {
      security(statement, settings);
    }
  }

  private void security(Statement statement, Map<String, Value> settings) {
    values
        .required(statement, "none, opportunistic, starttls or tls")
        .ifPresent(
            word -> {
              if (SECURITIES.contains(word.text())) {
                settings.put("smtp_security", new Value.Words(List.of(word.text())));
              } else {
                values.error(
                    word.place(),
                    "smtp_security must be none, opportunistic, starttls or tls, found "
                        + Values.quoted(word),
                    "");
              }
            });
  }

  private void webhook(Statement statement, Map<String, Value> settings) {
    values.required(statement, "a web address");
    List<String> addresses = new ArrayList<>();
    if (settings.get("webhook") instanceof Value.Words before) {
      addresses.addAll(before.words());
    }
    for (Word word : statement.arguments()) {
      if (ProbeText.isWebAddress(word.text())) {
        addresses.add(word.text());
      } else {
        values.error(
            word.place(),
            "webhook must be a web address, found something else",
            "write: webhook https://HOST/PATH");
      }
    }
    settings.put("webhook", new Value.Words(addresses));
  }
}
