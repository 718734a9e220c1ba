package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.network.NetworkConfig;
import org.vipd.daemon.config.network.TrackGroup;

/**
 * Names what a new configuration changes in the daemon as a whole, by keepalived's keywords. Words
 * are not shown: a secret may be among them.
 */
public final class GlobalChanges {

  /** What is done once, before the loop runs. */
  private static final Set<String> AT_START = Set.of("vrrp_rt_priority", "vrrp_no_swap");

  private final List<String> changes = new ArrayList<>();

  private GlobalChanges() {}

  /** One line that names all of it; empty when nothing differs. */
  public static Optional<String> between(DaemonConfig before, DaemonConfig after) {
    GlobalChanges found = new GlobalChanges();
    found.compare("router_id", before.routerId(), after.routerId());
    found.mail(before.global().mail(), after.global().mail());
    found.scripts(before.global().scripts(), after.global().scripts());
    found.compare("notify_fifo", before.global().fifo(), after.global().fifo());
    found.firewall(before.global().firewall(), after.global().firewall());
    found.startup(before.global().startup(), after.global().startup());
    found.network(before.network(), after.network());
    found.settings(before.global().settings(), after.global().settings());
    return found.changes.isEmpty()
        ? Optional.empty()
        : Optional.of("global settings: " + String.join("; ", found.changes));
  }

  private void compare(String keyword, Object before, Object after) {
    if (!before.equals(after)) {
      changes.add(keyword + " changes");
    }
  }

  private void mail(GlobalConfig.Mail before, GlobalConfig.Mail after) {
    compare("notification_email", before.recipients(), after.recipients());
    compare("notification_email_from", before.sender(), after.sender());
    compare("smtp_server", before.server(), after.server());
    compare("smtp_connect_timeout", before.timeout(), after.timeout());
    compare("smtp_alert", before.alerts(), after.alerts());
  }

  private void scripts(GlobalConfig.Scripts before, GlobalConfig.Scripts after) {
    compare("script_user", before.account(), after.account());
    compare("enable_script_security", before.isSecure(), after.isSecure());
    compare("startup_script", before.startup(), after.startup());
    compare("shutdown_script", before.shutdown(), after.shutdown());
  }

  private void firewall(GlobalConfig.Firewall before, GlobalConfig.Firewall after) {
    compare("nftables", before.table(), after.table());
    compare("vrrp_iptables", before.chains(), after.chains());
    compare("vrrp_ipsets", before.sets(), after.sets());
  }

  private void startup(GlobalConfig.Startup before, GlobalConfig.Startup after) {
    compare("vrrp_startup_delay", before.delay(), after.delay());
    compare("vrrp_delay_after_boot", before.delayAfterBoot(), after.delayAfterBoot());
    compare(
        "dynamic_interfaces", before.allowsMissingInterfaces(), after.allowsMissingInterfaces());
  }

  private void network(NetworkConfig before, NetworkConfig after) {
    compare("static_ipaddress", before.addresses(), after.addresses());
    compare("static_routes", before.routes(), after.routes());
    compare("static_rules", before.rules(), after.rules());
    compare("track_group", groups(before), groups(after));
    compare("garp_group", before.announceGroups(), after.announceGroups());
  }

  /** Where they stand in the file is no setting. */
  private static List<TrackGroup> groups(NetworkConfig network) {
    return network.trackGroups().stream().map(it -> it.at(Place.ofFile(""))).toList();
  }

  private void settings(Settings before, Settings after) {
    Set<String> keywords = new TreeSet<>(before.values().keySet());
    keywords.addAll(after.values().keySet());
    for (String keyword : keywords) {
      Optional<Settings.Value> old = Optional.ofNullable(before.values().get(keyword));
      Optional<Settings.Value> fresh = Optional.ofNullable(after.values().get(keyword));
      if (!old.equals(fresh)) {
        changes.add(
            keyword
                + difference(old, fresh)
                + (AT_START.contains(keyword) ? " from the next start on" : ""));
      }
    }
  }

  private static String difference(Optional<Settings.Value> old, Optional<Settings.Value> fresh) {
    boolean areWords =
        old.or(() -> fresh).filter(it -> it instanceof Settings.Value.Words).isPresent();
    return areWords ? " changes" : " " + text(old) + " -> " + text(fresh);
  }

  private static String text(Optional<Settings.Value> value) {
    return value.map(GlobalChanges::text).orElse("unset");
  }

  private static String text(Settings.Value value) {
    if (value instanceof Settings.Value.Switch it) {
      return it.isOn() ? "on" : "off";
    }
    if (value instanceof Settings.Value.Time it) {
      return SecondsText.of(it.value());
    }
    return value instanceof Settings.Value.WholeNumber it ? Long.toString(it.value()) : "words";
  }
}
