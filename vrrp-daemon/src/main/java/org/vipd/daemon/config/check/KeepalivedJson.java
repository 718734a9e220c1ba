package org.vipd.daemon.config.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.HookConfig.Occasion;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.network.VirtualInterface;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.protocol.machine.AnnouncePolicy;
import org.vipd.protocol.value.AddressFamily;

/**
 * The {@code data} object that keepalived's JSON dump has for an instance, without the fields that
 * depend on running state. Names and forms are keepalived's, so that its users can compare.
 */
public final class KeepalivedJson {

  private static final int NANOS_DIGITS = 9;
  private static final int BACKUP = 1;
  private static final int MASTER = 2;

  /** Rules without a priority get this less 1, less 2, and so on, IPv4 and IPv6 apart. */
  private static final int FIRST_RULE = 16_385;

  /** User that keepalived runs scripts as when the configuration names none. */
  private static final String DEFAULT_USER = "keepalived_script";

  private final DaemonConfig config;
  private final HostView host;

  /** How many rules of a family without a priority came so far. */
  private final Map<AddressFamily, Integer> rules = new EnumMap<>(AddressFamily.class);

  /** A view of a configuration on a host; commands that the host lacks are left out. */
  public KeepalivedJson(DaemonConfig config, HostView host) {
    this.config = config;
    this.host = host;
  }

  /** All instances, in the order of the file. */
  public JsonArray instances() {
    JsonArray all = new JsonArray();
    rules.clear();
    for (InstanceConfig instance : config.instances()) {
      all.add(data(instance));
    }
    return all;
  }

  private JsonObject data(InstanceConfig instance) {
    JsonObject data = new JsonObject();
    data.addProperty("iname", instance.name());
    addBehaviour(data, instance);
    addAnnouncements(data, instance.election().announcements());
    addElection(data, instance);
    addHooks(data, instance);
    addAddresses(data, instance);
    addTracks(data, instance);
    addAuthentication(data, instance.authentication());
    return data;
  }

  private void addBehaviour(JsonObject data, InstanceConfig instance) {
    Settings own = instance.extras().settings();
    boolean strict = instance.extras().isStrict();
    data.addProperty("dont_track_primary", bit(own.isOn("dont_track_primary")));
    data.addProperty(
        "skip_check_adv_addr", bit(isOn(own, "skip_check_adv_addr", "vrrp_skip_check_adv_addr")));
    data.addProperty("strict_mode", bit(strict));
    data.addProperty("vmac_ifname", virtualInterfaceName(instance));
    String virtual = virtualInterfaceName(instance);
    data.addProperty("ifp_ifname", virtual.isEmpty() ? instance.key().interfaceName() : virtual);
    data.addProperty(
        "lower_prio_no_advert",
        bit(strict || isOn(own, "lower_prio_no_advert", "vrrp_lower_prio_no_advert")));
    data.addProperty(
        "higher_prio_send_advert",
        bit(!strict && isOn(own, "higher_prio_send_advert", "vrrp_higher_prio_send_advert")));
    data.addProperty("promote_secondaries", own.isOn("promote_secondaries"));
    data.addProperty(
        "smtp_alert", own.isOnIfGiven("smtp_alert").orElse(config.global().mail().alerts()));
    data.addProperty("notify_deleted", instance.hooks().command(Occasion.DELETED).isPresent());
    data.addProperty("accept", bit(instance.wire().accepts()));
  }

  private static void addAnnouncements(JsonObject data, AnnouncePolicy policy) {
    data.addProperty("garp_delay", seconds(policy.delayNanos()));
    data.addProperty("garp_refresh", seconds(policy.refreshNanos()));
    data.addProperty("garp_rep", policy.repeat());
    data.addProperty("garp_refresh_rep", policy.refreshRepeat());
    data.addProperty("garp_lower_prio_delay", seconds(policy.rival().delayNanos()));
    data.addProperty("garp_lower_prio_rep", policy.rival().repeat());
  }

  private void addElection(JsonObject data, InstanceConfig instance) {
    BigDecimal interval = seconds(instance.election().interval().nanos());
    data.addProperty("vrid", instance.key().vrid().value());
    data.addProperty("base_priority", instance.election().priority().value());
    data.addProperty("adver_int", interval);
    data.addProperty("master_adver_int", interval);
    data.addProperty("nopreempt", !instance.election().preempts());
    data.addProperty("preempt_delay", seconds(instance.election().preemptDelay().toNanos()));
    data.addProperty("wantstate", startsAsMaster(instance) ? MASTER : BACKUP);
    data.addProperty("version", instance.version().number());
  }

  private void addHooks(JsonObject data, InstanceConfig instance) {
    addHook(data, "script_backup", instance.hooks().command(Occasion.BACKUP));
    addHook(data, "script_master", instance.hooks().command(Occasion.MASTER));
    addHook(data, "script_fault", instance.hooks().command(Occasion.FAULT));
    addHook(data, "script_stop", instance.hooks().command(Occasion.STOP));
    addHook(data, "script_deleted", instance.hooks().command(Occasion.DELETED));
    addHook(data, "script", instance.hooks().command(Occasion.ANY));
    addHook(data, "script_master_rx_lower_pri", instance.hooks().command(Occasion.RIVAL));
  }

  private void addHook(JsonObject data, String name, Optional<CommandConfig> command) {
    command.flatMap(this::quoted).ifPresent(text -> data.addProperty(name, text));
  }

  private void addAddresses(JsonObject data, InstanceConfig instance) {
    KeepalivedText text = new KeepalivedText(instance, virtualInterfaceName(instance));
    add(
        data,
        "vips",
        instance.addresses().stream().filter(it -> it.isAdvertised()).map(text::address).toList());
    add(
        data,
        "evips",
        instance.addresses().stream().filter(it -> !it.isAdvertised()).map(text::address).toList());
    add(data, "vroutes", instance.extras().routes().stream().map(text::route).toList());
    add(
        data,
        "vrules",
        instance.extras().rules().stream()
            .map(it -> text.rule(it, () -> FIRST_RULE - rules.merge(it.family(), 1, Integer::sum)))
            .toList());
  }

  private void addTracks(JsonObject data, InstanceConfig instance) {
    add(data, "track_ifp", tracked(instance, TrackKind.INTERFACE));
    add(
        data,
        "track_script",
        instance.tracks().stream()
            .map(CheckTrack::checkName)
            .flatMap(name -> config.check(name).stream())
            .filter(check -> hasAccount(check.command()))
            .flatMap(check -> quoted(check.command()).stream())
            .toList());
    add(data, "track_process", tracked(instance, TrackKind.PROCESS));
  }

  private static List<String> tracked(InstanceConfig instance, TrackKind kind) {
    return instance.extras().tracks().stream()
        .filter(track -> track.kind() == kind)
        .map(track -> track.name())
        .toList();
  }

  private static void addAuthentication(JsonObject data, AuthenticationConfig authentication) {
    boolean isPassword = authentication instanceof AuthenticationConfig.Password;
    boolean isHeader = authentication instanceof AuthenticationConfig.Header;
    data.addProperty("auth_type", isPassword ? 1 : isHeader ? 2 : 0);
  }

  /** The command as keepalived would start it; empty when it would drop it. */
  private Optional<String> quoted(CommandConfig command) {
    if (command.text().startsWith("<")) {
      return Optional.of(command.text());
    }
    return host.program(command.words().get(0))
        .filter(ignored -> hasAccount(command))
        .map(program -> words(program, command.words()));
  }

  /** An instance that waits for a check or for its group becomes BACKUP first. */
  private boolean startsAsMaster(InstanceConfig instance) {
    return instance.extras().startsAsMaster()
        && (instance.election().priority().isOwner()
            || instance.tracks().stream().noneMatch(this::isAwaited))
        && config.groups().stream()
            .filter(group -> group.members().contains(instance.name()))
            .allMatch(this::startsAsMaster);
  }

  private boolean startsAsMaster(SyncGroup group) {
    return config.instances().stream()
        .filter(instance -> group.members().contains(instance.name()))
        .allMatch(
            instance ->
                instance.extras().startsAsMaster() && instance.election().priority().isOwner());
  }

  private boolean isAwaited(CheckTrack track) {
    return config
        .check(track.checkName())
        .filter(check -> quoted(check.command()).isPresent())
        .filter(check -> track.weight().orElse(check.weight()) == 0)
        .isPresent();
  }

  private boolean hasAccount(CommandConfig command) {
    boolean isRefused =
        config.global().scripts().isSecure()
            && command.account().isEmpty()
            && config.global().scripts().account().isEmpty()
            && !host.hasUser(DEFAULT_USER);
    return !isRefused && hasNamedAccount(command);
  }

  private boolean hasNamedAccount(CommandConfig command) {
    return command.account().or(() -> config.global().scripts().account()).stream()
        .allMatch(account -> host.hasUser(account.user()));
  }

  private static String words(String program, List<String> words) {
    String rest =
        words.stream().skip(1).map(word -> " '" + word + "'").collect(Collectors.joining());
    return "'" + program + "'" + rest;
  }

  private String virtualInterfaceName(InstanceConfig instance) {
    Optional<String> name;
    if (instance.extras().virtualInterface() instanceof VirtualInterface.Macvlan it) {
      name = it.name();
    } else if (instance.extras().virtualInterface() instanceof VirtualInterface.Ipvlan it) {
      name = it.name();
    } else {
      return "";
    }
    String prefix = config.global().settings().word("vmac_prefix").orElse("vrrp");
    String family = instance.key().family() == AddressFamily.IPV6 ? "6" : "";
    return name.orElse(prefix + family + "." + instance.key().vrid().value());
  }

  private boolean isOn(Settings own, String keyword, String globalKeyword) {
    return own.isOnIfGiven(keyword).orElse(config.global().settings().isOn(globalKeyword));
  }

  private static void add(JsonObject data, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      JsonArray array = new JsonArray();
      texts.forEach(array::add);
      data.add(name, array);
    }
  }

  private static int bit(boolean isSet) {
    return isSet ? 1 : 0;
  }

  private static BigDecimal seconds(long nanos) {
    BigDecimal value = BigDecimal.valueOf(nanos, NANOS_DIGITS).stripTrailingZeros();
    return value.scale() < 0 ? value.setScale(0) : value;
  }
}
