package org.vipd.daemon.config.keepalived;

import java.util.Optional;
import java.util.Set;

/** The keywords of {@code global_defs}. */
final class GlobalKeywords {

  /**
   * Keywords that are about mail, LVS, SNMP or the process, and change nothing about the election.
   */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "notification_email",
          "notification_email_from",
          "smtp_server",
          "smtp_helo_name",
          "smtp_connect_timeout",
          "smtp_alert",
          "smtp_alert_vrrp",
          "enable_script_security",
          "vrrp_skip_check_adv_addr",
          "lvs_id",
          "max_auto_priority",
          "process_names",
          "dynamic_interfaces",
          "vrrp_priority",
          "vrrp_rt_priority");

  private final Values values;
  private final AnnounceDraft announcements = new AnnounceDraft();
  private final WireDraft wire = new WireDraft();
  private Optional<String> routerId = Optional.empty();
  private int version = 2;

  GlobalKeywords(Values values) {
    this.values = values;
  }

  void interpret(Statement block) {
    block.children().forEach(this::keyword);
  }

  Optional<String> routerId() {
    return routerId;
  }

  /** Version of IPv4 instances that do not say one: 2 or 3. */
  int version() {
    return version;
  }

  /** The announcement settings that instances start from. */
  AnnounceDraft announcements() {
    return announcements;
  }

  /** The packet settings that instances start from. */
  WireDraft wire() {
    return wire;
  }

  private void keyword(Statement statement) {
    String keyword = statement.keyword();
    switch (keyword) {
      case "router_id" -> routerId = values.required(statement, "a name").map(Word::text);
      case "vrrp_version" -> values.integer(statement, 2, 3).ifPresent(v -> version = v);
      case "script_user" -> new Commands(values).reportUser(statement.place());
      default -> other(statement);
    }
  }

  private void other(Statement statement) {
    if (wire.acceptGlobal(statement, values)
        || announcements.accept(statement, "vrrp_garp_", values)) {
      return;
    }
    if (WITHOUT_EFFECT.contains(statement.keyword())) {
      values.warning(
          statement.place(), statement.keyword() + " is accepted, not yet effective", "");
    } else {
      values.unknown(statement, "in global_defs");
    }
  }
}
