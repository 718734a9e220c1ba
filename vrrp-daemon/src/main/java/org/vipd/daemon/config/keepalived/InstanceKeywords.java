package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.protocol.value.IpAddress;

/**
 * The keywords of {@code vrrp_instance}: collects what is written; {@link InstanceAssembler} makes
 * an instance of it.
 */
final class InstanceKeywords {

  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "smtp_alert",
          "debug",
          "lvs_sync_daemon_interface",
          "dont_track_primary",
          "skip_check_adv_addr",
          "track_interface");

  private final Values values;
  private final Commands commands;
  private final AddressKeywords addressKeywords;
  final HmacKeywords hmac;
  final WireDraft wire;
  final GlobalKeywords global;
  final AnnounceDraft announcements;
  final List<VirtualAddressConfig> addresses = new ArrayList<>();
  final List<CheckTrack> tracks = new ArrayList<>();
  final List<IpAddress> peers = new ArrayList<>();
  final Map<HookConfig.Occasion, CommandConfig> hooks = new EnumMap<>(HookConfig.Occasion.class);
  Optional<Word> interfaceName = Optional.empty();
  Optional<IpAddress> source = Optional.empty();
  Optional<Statement> interval = Optional.empty();
  Optional<Duration> intervalDuration = Optional.empty();
  Optional<Statement> nopreempt = Optional.empty();
  Optional<Statement> authentication = Optional.empty();
  Optional<Word> authenticationType = Optional.empty();
  Optional<Word> password = Optional.empty();
  OptionalInt vrid = OptionalInt.empty();
  OptionalInt priority = OptionalInt.empty();
  OptionalInt version = OptionalInt.empty();
  Duration preemptDelay = Duration.ZERO;
  boolean startsAsMaster;
  boolean isUnicast;

  InstanceKeywords(Values values, GlobalKeywords global) {
    this.values = values;
    this.commands = new Commands(values);
    this.addressKeywords = new AddressKeywords(values);
    this.hmac = new HmacKeywords(values);
    this.global = global;
    this.wire = global.wire().copy();
    this.announcements = global.announcements().copy();
  }

  Optional<InstanceConfig> interpret(Statement block) {
    Optional<Word> name = values.required(block, "a name");
    block.children().forEach(this::keyword);
    return name.flatMap(word -> new InstanceAssembler(values, this, block, word).assemble());
  }

  /** The configured interval before it is fitted to the version, in nanoseconds. */
  long intervalNanos() {
    return intervalDuration.orElse(Duration.ofSeconds(1)).toNanos();
  }

  private void keyword(Statement statement) {
    switch (statement.keyword()) {
      case "state" -> state(statement);
      case "interface" -> interfaceName(statement);
      case "virtual_router_id" -> vrid = values.integer(statement, 1, 255);
      case "priority" -> priority = values.integer(statement, 1, 255);
      case "version" -> version = values.integer(statement, 2, 3);
      case "advert_int" -> interval(statement);
      case "nopreempt" -> nopreempt = Optional.of(statement);
      case "preempt" -> nopreempt = Optional.empty();
      case "preempt_delay" ->
          values.seconds(statement, 0, 1000).ifPresent(value -> preemptDelay = value);
      case "authentication" -> authentication(statement);
      case "auth_hmac" -> hmac.interpret(statement);
      default -> addressing(statement);
    }
  }

  private void addressing(Statement statement) {
    switch (statement.keyword()) {
      case "virtual_ipaddress" -> addresses.addAll(addressKeywords.interpret(statement, true));
      case "virtual_ipaddress_excluded" ->
          addresses.addAll(addressKeywords.interpret(statement, false));
      case "mcast_src_ip" -> source = address(statement).or(() -> source);
      case "unicast_src_ip" -> {
        source = address(statement).or(() -> source);
        isUnicast = true;
      }
      case "unicast_peer" -> peers(statement);
      case "track_script" -> statement.children().forEach(this::track);
      default -> hooks(statement);
    }
  }

  private void hooks(Statement statement) {
    switch (statement.keyword()) {
      case "notify" -> hook(HookConfig.Occasion.ANY, statement);
      case "notify_master" -> hook(HookConfig.Occasion.MASTER, statement);
      case "notify_backup" -> hook(HookConfig.Occasion.BACKUP, statement);
      case "notify_fault" -> hook(HookConfig.Occasion.FAULT, statement);
      case "notify_stop" -> hook(HookConfig.Occasion.STOP, statement);
      default -> other(statement);
    }
  }

  private void other(Statement statement) {
    if (announcements.accept(statement, "garp_", values) || wire.accept(statement, values)) {
      return;
    }
    if (WITHOUT_EFFECT.contains(statement.keyword())) {
      values.warning(
          statement.place(), statement.keyword() + " is accepted, not yet effective", "");
    } else {
      values.unknown(statement, "in vrrp_instance");
    }
  }

  private void state(Statement statement) {
    Optional<Word> word = values.required(statement, "MASTER or BACKUP");
    if (word.isEmpty()) {
      return;
    }
    startsAsMaster = word.get().text().equals("MASTER");
    if (!startsAsMaster && !word.get().text().equals("BACKUP")) {
      values.warning(
          word.get().place(),
          "state must be MASTER or BACKUP, found " + Values.quoted(word.get()) + "; BACKUP is used",
          "the names are case-sensitive");
    }
  }

  private void interfaceName(Statement statement) {
    Optional<Word> word = values.required(statement, "the name of a network interface");
    if (word.isPresent() && AddressKeywords.isInterfaceName(word.get().text())) {
      interfaceName = word;
    } else if (word.isPresent()) {
      values.error(
          word.get().place(),
          Values.quoted(word.get()) + " cannot be the name of a network interface",
          "names have 1 to 15 characters, no slash and no colon");
    }
  }

  private void interval(Statement statement) {
    interval = Optional.of(statement);
    intervalDuration = values.seconds(statement, 0.01, 255);
  }

  private void authentication(Statement block) {
    authentication = Optional.of(block);
    for (Statement statement : block.children()) {
      switch (statement.keyword()) {
        case "auth_type" -> authenticationType = values.required(statement, "PASS or AH");
        case "auth_pass" -> password = values.required(statement, "a password");
        default -> values.unknown(statement, "in authentication");
      }
    }
  }

  private Optional<IpAddress> address(Statement statement) {
    return values.required(statement, "an IP address").flatMap(values::address);
  }

  private void peers(Statement block) {
    isUnicast = true;
    for (Statement statement : block.children()) {
      Word word = statement.words().get(0);
      Optional<IpAddress> peer = values.address(word);
      if (peer.isPresent() && peers.contains(peer.get())) {
        values.warning(word.place(), "peer " + peer.get() + " is listed twice", "delete one");
      } else {
        peer.ifPresent(peers::add);
      }
      wire.peerOptions(statement.arguments(), values);
    }
  }

  private void track(Statement statement) {
    String name = statement.keyword();
    OptionalInt weight = OptionalInt.empty();
    boolean reversed = false;
    List<Word> words = statement.arguments();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (word.text().equals("weight") && i + 1 < words.size()) {
        i++;
        weight = values.integer("weight", words.get(i), -253, 253);
      } else if (word.text().equals("reverse")) {
        reversed = true;
      } else if (!word.text().equals("noreverse")) {
        values.warning(
            word.place(),
            "unknown word " + Values.quoted(word) + " in track_script is ignored",
            "write: " + name + " weight N");
      }
    }
    if (tracks.stream().anyMatch(track -> track.checkName().equals(name))) {
      values.warning(
          statement.place(), "script " + name + " is tracked twice; the first one is used", "");
    } else {
      tracks.add(new CheckTrack(name, weight, reversed));
    }
  }

  private void hook(HookConfig.Occasion occasion, Statement statement) {
    Optional<CommandConfig> command = commands.interpret(statement);
    if (command.isPresent() && hooks.putIfAbsent(occasion, command.get()) != null) {
      values.warning(
          statement.place(),
          statement.keyword() + " is given twice; the first one is used",
          "delete one");
    }
  }
}
