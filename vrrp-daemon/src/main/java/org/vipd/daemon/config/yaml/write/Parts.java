package org.vipd.daemon.config.yaml.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.CommandLine;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.HookConfig.Occasion;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.global.Settings.Value;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.yaml.key.OptionNames;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.key.TimeText;
import org.vipd.protocol.value.AddressFamily;

/** Values that several sections have: commands, addresses, checks, options. */
final class Parts {

  private static final Map<Integer, String> SCOPES =
      Map.of(0, "global", 200, "site", 253, "link", 254, "host", 255, "nowhere");

  private final YamlWriter.Style style;

  Parts(YamlWriter.Style style) {
    this.style = style;
  }

  /** One text, unless it has words that splitting the text would not give, or an account. */
  Object command(CommandConfig command) {
    boolean isPlain =
        CommandLine.split(command.text()).equals(command.words())
            && CommandLine.openQuote(command.text()).isEmpty();
    if (isPlain && command.account().isEmpty()) {
      return command.text();
    }
    Keys keys = style.keys("command").put("command", command.text());
    if (!isPlain) {
      keys.put("words", command.words());
    }
    account(keys, command.account());
    keys.put("supplementary-groups", hasSupplementaryGroups(command.account()));
    return keys;
  }

  static void account(Keys keys, Optional<Account> account) {
    keys.putIf("user", account.map(Account::user));
    keys.putIf("group", account.flatMap(Account::group));
  }

  static boolean hasSupplementaryGroups(Optional<Account> account) {
    return account.map(Account::hasSupplementaryGroups).orElse(false);
  }

  /** Words as one text, unless one of them has blanks or is empty. */
  static Object words(List<String> words) {
    boolean isPlain =
        words.stream()
            .allMatch(it -> !it.isEmpty() && it.chars().noneMatch(Character::isWhitespace));
    return isPlain ? String.join(" ", words) : words;
  }

  List<Object> checks(List<CheckTrack> tracks) {
    List<Object> all = new ArrayList<>();
    for (CheckTrack it : tracks) {
      Keys keys =
          style
              .keys("check-use")
              .put("check", it.checkName())
              .putIf("weight", it.weight())
              .put("reverse", it.isReversed());
      all.add(keys.isSimple("check") ? it.checkName() : keys);
    }
    return all;
  }

  List<Object> tracks(List<NamedTrack> tracks) {
    List<Object> all = new ArrayList<>();
    for (NamedTrack it : tracks) {
      all.add(
          style
              .keys("track")
              .put(it.kind().name().toLowerCase(Locale.ROOT), it.name())
              .putIf("weight", it.weight())
              .put("reverse", it.isReversed()));
    }
    return all;
  }

  Keys hooks(HookConfig hooks) {
    Keys keys = style.keys("notify");
    for (Occasion occasion : Occasion.values()) {
      keys.putIf(occasion.key(), hooks.command(occasion).map(this::command));
    }
    return keys;
  }

  Map<String, Object> options(Settings settings) {
    Map<String, Object> options = new LinkedHashMap<>();
    settings.values().forEach((name, it) -> options.put(OptionNames.option(name), value(name, it)));
    return options;
  }

  private static Object value(String name, Value value) {
    if (value instanceof Value.Switch it) {
      return it.isOn();
    }
    if (value instanceof Value.WholeNumber it) {
      return it.value();
    }
    if (value instanceof Value.Time it) {
      return TimeText.format(it.value());
    }
    List<String> words = ((Value.Words) value).words();
    boolean isOneWord = OptionNames.kind(name).filter(it -> it == Keyword.Kind.WORD).isPresent();
    return isOneWord && words.size() == 1 ? words.get(0) : words;
  }

  Object address(VirtualAddressConfig address) {
    return address(address, address.isAdvertised());
  }

  /** Static addresses are not advertised anyway. */
  Object staticAddress(VirtualAddressConfig address) {
    return address(address, true);
  }

  private Object address(VirtualAddressConfig address, boolean isAdvertised) {
    AddressOptions options = address.options();
    Prefix prefix = new Prefix(address.address(), address.prefixLength());
    Keys keys = style.keys("address").put("address", prefix.toString());
    keys.putIf("device", address.device()).putIf("label", options.label());
    if (address.address().family() == AddressFamily.IPV4) {
      String name = SCOPES.get(options.scope());
      keys.put("scope", name == null ? options.scope() : name);
    }
    keys.putIf("broadcast", options.broadcast().map(Object::toString));
    keys.put("advertise", isAdvertised);
    keys.putIf("peer", options.rare().peer());
    keys.putIf("preferred-lifetime", options.rare().preferredLifetime().map(Parts::lifetime));
    keys.putIf("track-group", options.rare().trackGroup());
    keys.put("flags", options.rare().sortedFlags());
    keys.put("track", options.rare().isTracked());
    keys.put("macvlan", options.rare().usesMacvlan());
    return keys.isSimple("address") ? prefix.toString() : keys;
  }

  private static Object lifetime(String seconds) {
    return Digits.whole(seconds).isPresent() ? Long.valueOf(seconds) : seconds;
  }

  Keys entry(KernelEntry entry) {
    return style
        .keys("kernel-entry")
        .put("words", words(entry.words()))
        .put("family", entry.family() == AddressFamily.IPV4 ? "ipv4" : "ipv6")
        .putIf("table", entry.table())
        .putIf("device", entry.device())
        .put("track", entry.isTracked())
        .putIf("track-group", entry.trackGroup());
  }
}
