package org.vipd.daemon.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.global.Settings.Value;
import org.vipd.daemon.config.keepalived.text.SecretFile;
import org.vipd.daemon.config.probe.ProbeText;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;

/** Reads the settings of mail and web addresses that the model keeps under their keywords. */
final class NoticeReader {

  /** Keys of {@code mail} with the keyword of each. */
  private static final Map<String, String> MAIL_TEXTS =
      Map.of(
          "helo", "smtp_helo_name",
          "security", "smtp_security",
          "user", "smtp_user");

  private final Reports reports;

  NoticeReader(Reports reports) {
    this.reports = reports;
  }

  /** The other settings, with those. */
  Settings read(Section top, Section mail) {
    Map<String, Value> values = new TreeMap<>(top.settings("options").values());
    MAIL_TEXTS.forEach(
        (key, keyword) ->
            mail.text(key).ifPresent(text -> values.put(keyword, new Value.Words(List.of(text)))));
    mail.text("password-file")
        .map(name -> SecretFile.path(name, mail.valuePlace("password-file")))
        .ifPresent(path -> values.put("smtp_password_file", new Value.Words(List.of(path))));
    if (!mail.isOn("faults")) {
      values.put("no_email_faults", new Value.Switch(true));
    }
    List<String> addresses = webhooks(top);
    if (!addresses.isEmpty()) {
      values.put("webhook", new Value.Words(addresses));
    }
    return new Settings(values);
  }

  private List<String> webhooks(Section top) {
    List<String> addresses = new ArrayList<>();
    for (Placed entry : top.list("webhooks")) {
      String address = (String) entry.value();
      if (ProbeText.isWebAddress(address)) {
        addresses.add(address);
      } else {
        // not shown: the address may have come from a file or variable because it is a secret
        reports.error(
            entry.place(), "each of webhooks must be a web address", "write https://HOST/PATH");
      }
    }
    return addresses;
  }
}
