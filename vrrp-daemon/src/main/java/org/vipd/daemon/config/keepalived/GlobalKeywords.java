package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.keepalived.text.SecretFile;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** The keywords of {@code global_defs}. */
final class GlobalKeywords {

  private static final int PORT_MAXIMUM = 65_535;

  private final Values values;
  private final SettingsReader reader;
  private final AnnounceDraft announcements = new AnnounceDraft();
  private final WireDraft wire = new WireDraft();
  private Optional<Statement> lease = Optional.empty();
  private final List<String> recipients = new ArrayList<>();
  private final Map<AddressFamily, IpAddress> groups = new EnumMap<>(AddressFamily.class);
  private Optional<String> routerId = Optional.empty();
  private final Map<String, Settings.Value> ownSettings = new TreeMap<>();
  private Optional<String> mailServer = Optional.empty();
  private Optional<Account> account = Optional.empty();
  private int version = 2;

  GlobalKeywords(Values values) {
    this.values = values;
    this.reader = new SettingsReader(values, Scope.GLOBAL);
    for (AddressFamily family : AddressFamily.values()) {
      groups.put(family, IpAddress.vrrpGroup(family));
    }
  }

  void interpret(Statement block) {
    values.enter(block);
    block.children().stream().filter(reader::leaves).forEach(this::keyword);
    if (settings().isOn("vrrp_min_garp")) {
      announcements.reduce();
    }
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
  /** The statement about the lease of addresses, if there is one. */
  Optional<Statement> lease() {
    return lease;
  }

  WireDraft wire() {
    return wire;
  }

  /** The group that a family's advertisements go to. */
  IpAddress group(AddressFamily family) {
    return groups.get(family);
  }

  Settings settings() {
    return reader.settings();
  }

  GlobalConfig config(Settings root) {
    Map<String, Settings.Value> all = new java.util.HashMap<>(settings().values());
    all.putAll(root.values());
    all.putAll(ownSettings);
    Settings settings = new Settings(all);
    return new GlobalConfig(
        mail(settings),
        new GlobalConfig.Scripts(
            account,
            settings.isOn("enable_script_security"),
            reader.command("startup_script"),
            reader.command("shutdown_script")),
        fifo(settings),
        new GlobalConfig.Firewall(
            settings.has("nftables")
                ? settings.word("nftables").or(() -> Optional.of("keepalived"))
                : Optional.empty(),
            settings.words("vrrp_iptables"),
            settings.words("vrrp_ipsets")),
        new GlobalConfig.Startup(
            settings.time("vrrp_startup_delay").orElse(Duration.ZERO),
            settings.time("vrrp_delay_after_boot").orElse(Duration.ZERO),
            settings.has("dynamic_interfaces")),
        settings.without(keyword -> KeywordTable.isRecorded(Scope.GLOBAL, keyword)));
  }

  private GlobalConfig.Mail mail(Settings settings) {
    long timeout = settings.number("smtp_connect_timeout").orElse(30);
    boolean alerts =
        settings
            .isOnIfGiven("smtp_alert_vrrp")
            .or(() -> settings.isOnIfGiven("smtp_alert"))
            .orElse(false);
    return new GlobalConfig.Mail(
        recipients,
        settings.word("notification_email_from"),
        mailServer,
        Duration.ofSeconds(timeout),
        alerts);
  }

  private List<GlobalConfig.Fifo> fifo(Settings settings) {
    List<GlobalConfig.Fifo> found = new ArrayList<>();
    for (String keyword : List.of("notify_fifo", "vrrp_notify_fifo")) {
      List<String> words = settings.words(keyword);
      if (!words.isEmpty()) {
        Optional<Account> owner =
            words.size() < 2
                ? Optional.empty()
                : Optional.of(new Account(words.get(1), words.stream().skip(2).findFirst()));
        found.add(new GlobalConfig.Fifo(words.get(0), owner, reader.command(keyword + "_script")));
      } else {
        reader.place(keyword + "_script").ifPresent(place -> withoutFifo(keyword, place));
      }
    }
    return found;
  }

  private void withoutFifo(String keyword, Place place) {
    values.leftOut(
        keyword + "_script",
        place,
        keyword + "_script has no " + keyword + " to read and is left out, as in keepalived",
        "add: " + keyword + " PATH");
  }

  private void keyword(Statement statement) {
    switch (statement.keyword()) {
      case "router_id" ->
          routerId = values.wanted(statement, "a name").map(Word::text).or(() -> routerId);
      case "vrrp_version" -> version = values.numbers().whole(statement, 2, 3, version);
      case "vipd_lease" -> lease = Optional.of(statement);
      case "script_user" -> scriptUser(statement);
      case "notification_email" -> recipients(statement);
      case "smtp_server" -> mailServer(statement);
      case "smtp_password_file" -> passwordFile(statement);
      case "smtp_security", "webhook" -> new NotifyKeywords(values).read(statement, ownSettings);
      case "vrrp_mcast_group4" -> group(statement, AddressFamily.IPV4);
      case "vrrp_mcast_group6" -> group(statement, AddressFamily.IPV6);
      default -> other(statement);
    }
  }

  private void other(Statement statement) {
    boolean isRead =
        wire.acceptGlobal(statement, values)
            || announcements.accept(statement, "vrrp_garp_", values);
    if (!isRead) {
      throw new IllegalStateException("no code reads the keyword " + statement.keyword());
    }
  }

  private void scriptUser(Statement statement) {
    Optional<Word> user = values.wanted(statement, "a user");
    if (user.isPresent()) {
      account = new Commands(values).account(statement.arguments());
    }
  }

  private void mailServer(Statement statement) {
    Optional<Word> host = values.required(statement, "a mail server");
    if (host.isEmpty()) {
      return;
    }
    if (!isHost(host.get().text())) {
      values.leftOut(
          statement.keyword(),
          host.get().place(),
          "the mail server must be a name or an address, found "
              + Values.quoted(host.get())
              + "; the line is ignored and no mail is sent, as in keepalived",
          "write: smtp_server HOST PORT");
      return;
    }
    if (statement.arguments().size() < 2) {
      mailServer = host.map(Word::text);
      return;
    }
    Word port = statement.arguments().get(1);
    OptionalLong number = Digits.upTo(PORT_MAXIMUM, port.text());
    if (number.isPresent() && number.getAsLong() > 0) {
      mailServer = Optional.of(host.get().text() + " " + number.getAsLong());
    } else {
      // behind an account stands its password
      boolean isShown = host.get().text().indexOf('@') < 0;
      values.leftOut(
          statement.keyword(),
          port.place(),
          "port of the mail server must be 1..65535, found "
              + (isShown ? Values.quoted(port) : "another word")
              + "; the line is ignored and no mail is sent, as in keepalived",
          "write: smtp_server HOST PORT");
    }
  }

  private void passwordFile(Statement statement) {
    values
        .required(statement, "a path")
        .map(word -> SecretFile.path(word.text(), word.place()))
        .ifPresent(
            path -> ownSettings.put("smtp_password_file", new Settings.Value.Words(List.of(path))));
  }

  private static boolean isHost(String text) {
    boolean isName = text.matches("[^:\\s]*") && !text.matches("[0-9.]+");
    return isName || IpAddress.parse(text).isPresent();
  }

  private void recipients(Statement block) {
    for (Statement statement : block.children()) {
      for (Word word : statement.words()) {
        if (word.text().endsWith(",")) {
          values.warning(
              word.place(),
              "the comma belongs to the recipient " + Values.quoted(word) + ", as in keepalived",
              "separate recipients by blanks");
        }
        recipients.add(word.text());
      }
    }
  }

  private void group(Statement statement, AddressFamily family) {
    Optional<Word> word = values.required(statement, "a multicast address");
    Optional<IpAddress> address =
        word.flatMap(it -> IpAddress.parse(it.text()))
            .filter(it -> it.family() == family && it.isMulticast());
    if (word.isPresent() && address.isEmpty()) {
      values.warning(
          word.get().place(),
          statement.keyword()
              + " must be a multicast address of its family, found "
              + Values.quoted(word.get())
              + "; "
              + groups.get(family)
              + " is used, as in keepalived",
          "write a multicast address, on all nodes the same");
    }
    address.ifPresent(it -> groups.put(family, it));
  }
}
