package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.MailAlerts;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.global.GlobalConfig;

/** Rules about mail. */
final class MailRules {

  private static final List<String> USUAL = List.of("smtp_alert_vrrp", MailAlerts.KEYWORD);

  /** Keywords without which nobody can send mail. */
  private static final Set<String> NEEDED = Set.of("smtp_server", "notification_email");

  private final Node node;
  private final Findings findings;

  MailRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  /** One warning, at the first setting that asks for mail which nobody can send. */
  void apply() {
    Set<String> names = MailAlerts.of(node.config());
    GlobalConfig.Mail mail = node.config().global().mail();
    List<String> missing = new ArrayList<>();
    if (mail.server().isEmpty()) {
      missing.add(node.wording("smtp_server", "server"));
    }
    if (mail.recipients().isEmpty()) {
      missing.add(node.wording("notification_email", "recipients"));
    }
    if (names.isEmpty() || missing.isEmpty() || node.isLeftOut(NEEDED)) {
      return;
    }
    String others = names.size() == 1 ? "" : " and " + (names.size() - 1) + " more";
    String without = String.join(" and ", missing);
    findings.warning(
        "V037",
        place(),
        "mail about "
            + names.iterator().next()
            + others
            + " is asked for, but there is no "
            + node.wording(without, without + " in mail")
            + ", so nobody is told",
        node.wording(
            "write smtp_server HOST and notification_email { ADDRESS } in global_defs, or take the"
                + " alert away",
            "write mail: {server: HOST, recipients: [ADDRESS]}, or take the alert away"));
  }

  private Place place() {
    Place file = Place.ofFile(node.file());
    if (node.config().global().mail().alerts()) {
      Place globals = node.places().find(file, "global_defs");
      for (String keyword : USUAL) {
        Place found = node.places().findIn(globals, "mail", keyword);
        if (!found.equals(globals)) {
          return found;
        }
      }
    }
    for (InstanceConfig instance : node.config().instances()) {
      if (instance.extras().settings().isOn(MailAlerts.KEYWORD)) {
        return node.places().findIn(instance.place(), "options", MailAlerts.KEYWORD);
      }
    }
    for (SyncGroup group : node.config().groups()) {
      if (group.settings().isOn(MailAlerts.KEYWORD)) {
        return node.places().findIn(group.place(), "options", MailAlerts.KEYWORD);
      }
    }
    return file;
  }
}
