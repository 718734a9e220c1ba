package org.vipd.daemon.config.yaml.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.network.NetworkConfig;
import org.vipd.daemon.config.yaml.key.KeyTable;
import org.vipd.daemon.config.yaml.key.OptionNames;

/** Writes a model so that reading it gives the same one. */
public final class YamlWriter {

  private static final Place NOWHERE = Place.ofFile("");

  private final Style style;
  private final Parts parts;

  private YamlWriter(Style style) {
    this.style = style;
    this.parts = new Parts(style);
  }

  /**
   * How a model is written.
   *
   * @param isComplete whether defaults are written, too
   * @param showsSecrets whether secrets are written
   */
  record Style(boolean isComplete, boolean showsSecrets) {

    Keys keys(String section, Place place) {
      return new Keys(section, isComplete, place);
    }

    Keys keys(String section) {
      return keys(section, NOWHERE);
    }

    Object secret(String text) {
      return showsSecrets ? text : Emitter.Hidden.SECRET;
    }
  }

  /** The model with every default and without secrets. */
  public static String effective(DaemonConfig config) {
    return new YamlWriter(new Style(true, false)).write(config).text();
  }

  /** The model as someone would write it, with its secrets. */
  public static String text(DaemonConfig config) {
    return new YamlWriter(new Style(false, true)).write(config).text();
  }

  /** The same line by line, but without secrets. */
  public static Written withoutSecrets(DaemonConfig config) {
    return new YamlWriter(new Style(false, false)).write(config);
  }

  private Written write(DaemonConfig config) {
    Keys top = style.keys(KeyTable.TOP);
    top.putIf("router-id", config.routerId());
    global(top, config.global());
    top.put("checks", new CheckWriter(style, parts).checks(config.checks()));
    trackers(top, config);
    VipWriter vips = new VipWriter(style);
    Map<String, Object> instances = new LinkedHashMap<>();
    for (InstanceConfig instance : config.instances()) {
      InstanceConfig own =
          config
              .groupOf(instance.name())
              .map(group -> group.withoutShared(instance))
              .orElse(instance);
      instances.put(instance.name(), vips.vip(own));
    }
    top.put("vips", instances);
    top.put("groups", groups(config.groups()));
    network(top, config.network());
    return new Emitter().written(top);
  }

  private Map<String, Object> groups(List<SyncGroup> groups) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (SyncGroup group : groups) {
      Keys keys = style.keys("group", group.place());
      keys.put("members", group.members());
      keys.put("checks", parts.checks(group.checks()));
      keys.put("track", parts.tracks(group.tracks()));
      keys.put("notify", parts.hooks(group.hooks()));
      keys.put("options", parts.options(group.settings()));
      all.put(group.name(), keys);
    }
    return all;
  }

  private void global(Keys top, GlobalConfig global) {
    Keys mail = style.keys("mail");
    mail.put("recipients", global.mail().recipients());
    mail.putIf("sender", global.mail().sender()).putIf("server", global.mail().server());
    mail.put("timeout", global.mail().timeout()).put("alerts", global.mail().alerts());
    mail.put("faults", !global.settings().isOn("no_email_faults"));
    mail.putIf("helo", global.settings().word("smtp_helo_name"));
    mail.putIf("security", global.settings().word("smtp_security"));
    mail.putIf("user", global.settings().word("smtp_user"));
    mail.putIf("password-file", global.settings().word("smtp_password_file"));
    top.put("mail", mail);
    top.put("webhooks", global.settings().words("webhook").stream().map(style::secret).toList());
    Keys scripts = style.keys("scripts");
    Parts.account(scripts, global.scripts().account());
    scripts.put("supplementary-groups", Parts.hasSupplementaryGroups(global.scripts().account()));
    scripts.put("secure", global.scripts().isSecure());
    scripts.putIf("startup", global.scripts().startup().map(parts::command));
    scripts.putIf("shutdown", global.scripts().shutdown().map(parts::command));
    top.put("scripts", scripts);
    top.put("fifos", global.fifo().stream().map(this::fifo).toList());
    Keys firewall = style.keys("firewall");
    firewall.putIf("table", global.firewall().table());
    firewall.put("chains", global.firewall().chains()).put("sets", global.firewall().sets());
    top.put("firewall", firewall);
    Keys startup = style.keys("startup");
    startup.put("delay", global.startup().delay());
    startup.put("delay-after-boot", global.startup().delayAfterBoot());
    startup.put("missing-interfaces", global.startup().allowsMissingInterfaces());
    top.put("startup", startup);
    top.put("options", parts.options(global.settings().without(OptionNames::isNative)));
  }

  private Keys fifo(GlobalConfig.Fifo fifo) {
    Keys keys = style.keys("fifo").put("path", fifo.path());
    Parts.account(keys, fifo.owner());
    return keys.putIf("reader", fifo.reader().map(parts::command));
  }

  private void trackers(Keys top, DaemonConfig config) {
    TrackerWriter trackers = new TrackerWriter(style, parts);
    top.put("files", trackers.files(config.trackers().files()));
    top.put("processes", trackers.processes(config.trackers().processes()));
    top.put("bfd", trackers.sessions(config.trackers().sessions()));
    top.put(
        "interface-delays",
        config.trackers().delays().stream()
            .map(
                it ->
                    style
                        .keys("interface-delay")
                        .put("interface", it.name())
                        .put("down", it.down())
                        .put("up", it.up()))
            .toList());
    top.put(
        "polled-links",
        config.trackers().polled().stream()
            .map(
                it ->
                    style
                        .keys("polled-link")
                        .put("interface", it.name())
                        .putIf("method", it.method()))
            .toList());
  }

  private void network(Keys top, NetworkConfig network) {
    Keys fixed = style.keys("static");
    fixed.put(
        "addresses",
        network.addresses().stream().map(it -> parts.staticAddress(it.address())).toList());
    fixed.put("routes", network.routes().stream().map(parts::entry).toList());
    fixed.put("rules", network.rules().stream().map(parts::entry).toList());
    top.put("static", fixed);
    Map<String, Object> groups = new LinkedHashMap<>();
    network
        .trackGroups()
        .forEach(
            it ->
                groups.put(
                    it.name(), style.keys("track-group", it.place()).put("members", it.members())));
    top.put("track-groups", groups);
    top.put(
        "announce-groups",
        network.announceGroups().stream()
            .map(
                it ->
                    style
                        .keys("announce-group")
                        .put("arp-interval", it.arpInterval())
                        .put("ndp-interval", it.ndpInterval())
                        .put("interfaces", it.interfaces()))
            .toList());
  }
}
