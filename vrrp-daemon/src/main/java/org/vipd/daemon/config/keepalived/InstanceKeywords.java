package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.protocol.machine.Behaviour;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * The keywords of {@code vrrp_instance}: collects what is written; {@link InstanceAssembler} makes
 * an instance of it.
 */
final class InstanceKeywords {

  private static final int LONGEST_PREEMPT_DELAY = 1000;

  private final Values values;
  private final AddressKeywords addressKeywords;
  final SettingsReader reader;
  final AuthenticationKeywords authentication;
  final HmacKeywords hmac;
  final WireDraft wire;
  final GlobalKeywords global;
  final AnnounceDraft announcements;
  final TrackKeywords tracks;
  final HookKeywords hooks;
  final VirtualInterfaceKeywords virtualInterface;
  final List<AddressKeywords.Written> addresses = new ArrayList<>();
  final List<KernelEntry> routes = new ArrayList<>();
  final List<KernelEntry> rules = new ArrayList<>();
  final List<IpAddress> peers = new ArrayList<>();
  Optional<Word> interfaceName = Optional.empty();
  Optional<IpAddress> source = Optional.empty();
  Optional<Statement> sourceStatement = Optional.empty();
  Optional<IpAddress> group = Optional.empty();
  Optional<AddressFamily> family = Optional.empty();
  Optional<Statement> interval = Optional.empty();
  Optional<Duration> intervalDuration = Optional.empty();
  Optional<Statement> nopreempt = Optional.empty();
  Optional<Statement> state = Optional.empty();
  Optional<Statement> lease = Optional.empty();
  OptionalInt vrid = OptionalInt.empty();
  OptionalInt priority = OptionalInt.empty();
  boolean isPriorityRefused;
  OptionalInt version = OptionalInt.empty();
  Duration preemptDelay = Duration.ZERO;
  boolean startsAsMaster;
  boolean isUnicast;

  InstanceKeywords(Values values, GlobalKeywords global) {
    this.values = values;
    this.reader = new SettingsReader(values, Scope.INSTANCE);
    this.addressKeywords = new AddressKeywords(values);
    this.authentication = new AuthenticationKeywords(values);
    this.hmac = new HmacKeywords(values);
    this.tracks = new TrackKeywords(values);
    this.hooks = new HookKeywords(values);
    this.virtualInterface = new VirtualInterfaceKeywords(values);
    this.global = global;
    this.wire = global.wire().copy();
    this.announcements = global.announcements().copy();
  }

  Optional<InstanceConfig> interpret(Statement block) {
    Optional<Word> name = block.argument(0);
    if (name.isEmpty()) {
      values.warning(
          block.place(),
          "vrrp_instance without a name is skipped, as in keepalived",
          "write: vrrp_instance NAME {");
      return Optional.empty();
    }
    if (!BlockNames.isUsable("vrrp_instance", name.get(), values)) {
      return Optional.empty();
    }
    values.enter(block);
    StrayAuthentication.removed(block.children(), values).stream()
        .filter(reader::leaves)
        .forEach(this::keyword);
    return new InstanceAssembler(values, this, block, name.get()).assemble();
  }

  /** The configured interval before it is fitted to the version, in nanoseconds. */
  long intervalNanos() {
    return intervalDuration.orElse(Duration.ofSeconds(1)).toNanos();
  }

  /** A switch of the instance, else that of {@code global_defs}, else off. */
  boolean isOn(String keyword, String globalKeyword) {
    return reader
        .settings()
        .isOnIfGiven(keyword)
        .orElseGet(() -> global.settings().isOn(globalKeyword));
  }

  /** Advertisements missed until the Active is dead: of the instance, else the global ones. */
  int downTimerAdverts() {
    long adverts =
        reader
            .settings()
            .number("down_timer_adverts")
            .orElseGet(
                () ->
                    global
                        .settings()
                        .number("vrrp_down_timer_adverts")
                        .orElse(Behaviour.DEFAULT.downTimerAdverts()));
    return Math.toIntExact(adverts);
  }

  boolean isStrict() {
    return isOn("strict_mode", "vrrp_strict");
  }

  private void keyword(Statement statement) {
    switch (statement.keyword()) {
      case "state" -> state(statement);
      case "interface" -> interfaceName(statement);
      case "virtual_router_id" -> vrid = values.integer(statement, 1, 255);
      case "priority" -> {
        priority = values.integer(statement, 1, 255);
        isPriorityRefused = priority.isEmpty();
      }
      case "version" -> version(statement);
      case "advert_int" -> interval(statement);
      case "nopreempt" -> nopreempt = Optional.of(statement);
      case "vipd_lease" -> lease = Optional.of(statement);
      case "preempt" -> nopreempt = Optional.empty();
      case "preempt_delay" ->
          preemptDelay =
              values.numbers().seconds(statement, 0, LONGEST_PREEMPT_DELAY, preemptDelay);
      case "authentication" -> authentication.interpret(statement);
      case "auth_hmac" -> hmac.interpret(statement);
      default -> addressing(statement);
    }
  }

  private void addressing(Statement statement) {
    switch (statement.keyword()) {
      case "virtual_ipaddress" -> addresses.addAll(addressKeywords.written(statement, true));
      case "virtual_ipaddress_excluded" ->
          addresses.addAll(addressKeywords.written(statement, false));
      case "virtual_routes" ->
          routes.addAll(
              KernelEntryKeywords.ofInstance(values).interpret(statement, KernelEntry.Kind.ROUTE));
      case "virtual_rules" ->
          rules.addAll(
              KernelEntryKeywords.ofInstance(values).interpret(statement, KernelEntry.Kind.RULE));
      case "mcast_src_ip" -> source(statement);
      case "unicast_src_ip" -> {
        source(statement);
        isUnicast = true;
      }
      case "mcast_dst_ip" -> group = multicast(statement).or(() -> group);
      case "native_ipv6" -> nativeIpv6(statement);
      case "unicast_peer" -> peers(statement);
      default -> other(statement);
    }
    if (family.isEmpty()) {
      family = firstFamily();
    }
  }

  private void nativeIpv6(Statement statement) {
    if (family.isPresent() && family.get() == AddressFamily.IPV4) {
      values.warning(
          statement.place(),
          "native_ipv6 comes after IPv4 addresses and is ignored, as in keepalived",
          "delete it");
    } else {
      family = Optional.of(AddressFamily.IPV6);
    }
  }

  /** The family of what came first: an advertised address, the source, a peer. */
  private Optional<AddressFamily> firstFamily() {
    return addresses.stream()
        .map(AddressKeywords.Written::address)
        .filter(VirtualAddressConfig::isAdvertised)
        .map(VirtualAddressConfig::address)
        .findFirst()
        .or(() -> source)
        .or(() -> peers.stream().findFirst())
        .map(IpAddress::family);
  }

  private void other(Statement statement) {
    boolean isRead =
        tracks.accept(statement)
            || hooks.accept(statement)
            || virtualInterface.accept(statement)
            || announcements.accept(statement, "garp_", values)
            || wire.accept(statement, values);
    if (!isRead) {
      throw new IllegalStateException("no code reads the keyword " + statement.keyword());
    }
  }

  private static String stateHint(Word word) {
    String meant = Habits.bare(word.text()).toUpperCase(Locale.ROOT);
    return Habits.isSign(word) || !Set.of("MASTER", "BACKUP").contains(meant)
        ? Habits.value(word).orElse("write state BACKUP, or state MASTER")
        : "write state " + meant;
  }

  private void state(Statement statement) {
    Optional<Word> word = values.required(statement, "MASTER or BACKUP");
    if (word.isEmpty()) {
      return;
    }
    boolean isMaster = word.get().text().equals("MASTER");
    if (!isMaster && !word.get().text().equals("BACKUP")) {
      values.warning(
          word.get().place(),
          "state must be MASTER or BACKUP, found " + Values.quoted(word.get()) + "; BACKUP is used",
          stateHint(word.get()));
    } else if (!isMaster && startsAsMaster) {
      values.warning(
          word.get().place(), "state BACKUP after state MASTER is ignored", "delete one of them");
    } else if (isMaster && state.isPresent() && !startsAsMaster) {
      values.warning(
          word.get().place(),
          "state MASTER after state BACKUP counts, as in keepalived",
          "delete one of them");
    }
    if (state.isEmpty() || (isMaster && !startsAsMaster)) {
      state = Optional.of(statement);
    }
    startsAsMaster |= isMaster;
  }

  private void version(Statement statement) {
    OptionalInt asked =
        values
            .required(statement, "2 or 3")
            .map(word -> values.numbers().whole("version", word, 2, 3, Numbers.LINE_IGNORED))
            .orElse(OptionalInt.empty());
    if (asked.isPresent() && version.isPresent() && version.getAsInt() != asked.getAsInt()) {
      values.warning(
          statement.place(),
          "version " + asked.getAsInt() + " after version " + version.getAsInt() + " is ignored",
          "delete one of them");
    } else if (asked.isPresent()) {
      version = asked;
    }
  }

  private void interfaceName(Statement statement) {
    Optional<Word> word =
        values
            .required(statement, "the name of a network interface")
            .map(it -> AddressKeywords.interfaceName(it, values));
    if (word.filter(Habits::isSign).isPresent()) {
      values.error(
          word.get().place(),
          Values.quoted(word.get()) + " cannot be the name of a network interface",
          "write: " + Habits.line(statement));
    } else if (word.isPresent() && AddressKeywords.isInterfaceName(word.get().text())) {
      interfaceName = word;
    } else if (word.isPresent()) {
      values.error(
          word.get().place(),
          Values.quoted(word.get()) + " cannot be the name of a network interface",
          Habits.quotes(word.get()).orElse("names have 1 to 15 characters, no slash and no colon"));
    }
  }

  private void interval(Statement statement) {
    Optional<Duration> asked =
        values
            .required(statement, "a number of seconds from 0.01 to 255")
            .flatMap(
                word ->
                    values
                        .numbers()
                        .seconds("advert_int", word, 0.01, 255, inForce() + " s is used"));
    if (asked.isPresent()) {
      interval = Optional.of(statement);
      intervalDuration = asked;
    }
  }

  private String inForce() {
    return interval.flatMap(it -> it.argument(0)).map(Word::text).orElse("1");
  }

  private Optional<IpAddress> multicast(Statement statement) {
    Optional<IpAddress> address = address(statement);
    if (address.isPresent() && !address.get().isMulticast()) {
      values.warning(
          statement.words().get(1).place(),
          "mcast_dst_ip "
              + address.get()
              + " is not a multicast address and is ignored, as in keepalived",
          "delete the line to use the usual group");
    }
    return address.filter(IpAddress::isMulticast);
  }

  private void source(Statement statement) {
    Optional<IpAddress> address = address(statement);
    if (address.isPresent()) {
      source = address;
      sourceStatement = Optional.of(statement);
    }
  }

  /** An own address; a prefix length after it is no harm. */
  private Optional<IpAddress> address(Statement statement) {
    Optional<Word> word = values.required(statement, "an IP address");
    Optional<IpAddress> address = word.flatMap(values::host);
    if (word.isPresent() && address.isEmpty()) {
      values.warning(
          word.get().place(),
          Values.quoted(word.get()) + " is not an IP address and is ignored, as in keepalived",
          Habits.literal(word.get()));
    }
    return address;
  }

  /** What stands behind the first address of a line is no peer. */
  private void otherPeers(Statement statement) {
    for (Word word : statement.arguments()) {
      values
          .host(word)
          .ifPresent(
              it ->
                  values.warning(
                      word.place(),
                      "peer " + it + " is ignored: each line names one, as in keepalived",
                      "write it on a line of its own"));
    }
  }

  private void peers(Statement block) {
    isUnicast = true;
    for (Statement statement : block.children()) {
      Word word = statement.words().get(0);
      Optional<IpAddress> peer = values.host(word);
      if (peer.isEmpty()) {
        values.warning(
            word.place(),
            "unicast peer " + Values.quoted(word) + " is not an IP address and is skipped",
            Habits.literal(word));
        otherPeers(statement);
      } else if (peers.contains(peer.get())) {
        values.warning(word.place(), "peer " + peer.get() + " is listed twice", "delete one");
        otherPeers(statement);
      } else {
        peers.add(peer.get());
        wire.peerOptions(word, statement.arguments(), values);
      }
    }
  }
}
