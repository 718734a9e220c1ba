package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.protocol.value.AddressFamily;

/** Addresses and routes in the words of keepalived's dumps. */
final class KeepalivedText {

  private static final int PROTOCOL_NUMBER = 18;

  /** Scopes of linux/rtnetlink.h by number. */
  private static final Map<Integer, String> SCOPES =
      Map.of(0, "global", 200, "site", 253, "link", 254, "host", 255, "nowhere");

  private static final String PATH = "nexthop";
  private static final Set<String> FAMILIES = Set.of("inet", "inet6");
  private static final List<String> PRIORITIES = List.of("priority", "preference", "order", "pref");

  /** Routes and rules that lead nowhere. */
  private static final Set<String> KINDS = Set.of("blackhole", "unreachable", "prohibit", "throw");

  private final InstanceConfig instance;
  private final String virtualInterface;

  /** Texts for an instance with a virtual interface of that name; empty for none. */
  KeepalivedText(InstanceConfig instance, String virtualInterface) {
    this.instance = instance;
    this.virtualInterface = virtualInterface;
  }

  String address(VirtualAddressConfig address) {
    AddressOptions options = address.options();
    int longest = address.address().family() == AddressFamily.IPV4 ? 32 : 128;
    StringBuilder text = new StringBuilder(address.address().toString());
    if (address.prefixLength() != longest) {
      text.append('/').append(address.prefixLength());
    }
    options.broadcast().ifPresent(it -> text.append(" brd ").append(it));
    text.append(" dev ").append(device(address));
    if (options.rare().usesMacvlan()) {
      text.append(" use_vmac");
    }
    boolean isIpv6 = address.address().family() == AddressFamily.IPV6;
    int number = isIpv6 ? 0 : options.scope();
    String scope = SCOPES.getOrDefault(number, Integer.toString(number));
    text.append(" scope ").append(scope);
    options.label().ifPresent(it -> text.append(" label ").append(it));
    options.rare().peer().ifPresent(it -> text.append(" peer ").append(it));
    options.rare().sortedFlags().forEach(flag -> text.append(' ').append(flag));
    if (!options.rare().isTracked()) {
      text.append(" no_track");
    }
    options.rare().trackGroup().ifPresent(it -> text.append(" track_group ").append(it));
    if (isIpv6) {
      boolean isSingle = address.prefixLength() == longest;
      String lifetime = options.rare().preferredLifetime().orElse(isSingle ? "0" : "forever");
      text.append(lifetime.equals("0") ? " deprecated" : " preferred_lft " + lifetime);
    }
    return text.toString();
  }

  private String device(VirtualAddressConfig address) {
    String device = instance.deviceOf(address);
    boolean isOwn = device.equals(instance.key().interfaceName());
    boolean onVirtual =
        isOwn
            && !virtualInterface.isEmpty()
            && address.address().family() == instance.key().family();
    return onVirtual ? virtualInterface + "@" + device : device;
  }

  /** A route in keepalived's order: kind, destination, source, gateway, device, table, the rest. */
  String route(KernelEntry entry) {
    List<String> all = new ArrayList<>(entry.words());
    all.removeAll(FAMILIES);
    int path = all.contains(PATH) ? all.indexOf(PATH) : all.size();
    List<String> words = new ArrayList<>(all.subList(0, path));
    Optional<String> kind = words.stream().filter(KINDS::contains).findFirst();
    kind.ifPresent(words::remove);
    Optional<String> source = take(words, "src");
    Optional<String> gateway = take(words, "via");
    Optional<String> destination = take(words, "to");
    StringBuilder text = new StringBuilder(kind.map(it -> "add " + it).orElse("prepend"));
    text.append(' ').append(destination(destination, words, entry.family()));
    source.ifPresent(it -> text.append(" src ").append(it));
    String family = entry.family() == AddressFamily.IPV4 ? "inet" : "inet6";
    gateway.ifPresent(it -> text.append(" via ").append(family).append(' ').append(it));
    entry.device().ifPresent(it -> text.append(" dev ").append(it));
    entry.table().ifPresent(it -> text.append(" table ").append(it));
    text.append(" proto ").append(PROTOCOL_NUMBER);
    take(words, "scope").ifPresent(it -> text.append(" scope ").append(scopeNumber(it)));
    words.forEach(word -> text.append(' ').append(word));
    for (String word : all.subList(path, all.size())) {
      text.append(' ').append(word).append(word.equals("via") ? " " + family : "");
    }
    return text.append(entry.isTracked() ? "" : " no_track").toString();
  }

  /**
   * A rule in keepalived's order.
   *
   * @param usualPriority what keepalived gives it when it says none
   */
  String rule(KernelEntry entry, IntSupplier usualPriority) {
    List<String> words = new ArrayList<>(entry.words());
    words.removeAll(FAMILIES);
    boolean isNegated = words.remove("not");
    StringBuilder text = new StringBuilder(isNegated ? "not " : "");
    text.append("from ").append(take(words, "from").orElse("all"));
    take(words, "to").ifPresent(it -> text.append(" to ").append(it));
    Optional<String> priority =
        PRIORITIES.stream().flatMap(it -> take(words, it).stream()).findFirst();
    text.append(" priority ")
        .append(priority.orElseGet(() -> Integer.toString(usualPriority.getAsInt())));
    text.append(" tos ").append(hexadecimal(take(words, "tos").orElse("0")));
    take(words, "fwmark").ifPresent(it -> text.append(" fwmark ").append(hexadecimal(it)));
    entry.device().ifPresent(it -> text.append(" iif ").append(it));
    take(words, "oif").ifPresent(it -> text.append(" oif ").append(it));
    Optional<String> kind = words.stream().filter(KINDS::contains).findFirst();
    kind.ifPresent(words::remove);
    words.forEach(word -> text.append(' ').append(word));
    text.append(" protocol ").append(PROTOCOL_NUMBER);
    entry.table().ifPresent(it -> text.append(" lookup ").append(it));
    kind.ifPresent(it -> text.append(" type ").append(it));
    return text.append(entry.isTracked() ? "" : " no_track").toString();
  }

  private static String hexadecimal(String number) {
    return number.matches("[0-9]{1,9}")
        ? "0x" + Integer.toHexString(Integer.parseInt(number))
        : number;
  }

  private static String scopeNumber(String scope) {
    return SCOPES.entrySet().stream()
        .filter(it -> it.getValue().equals(scope))
        .map(it -> it.getKey().toString())
        .findFirst()
        .orElse(scope);
  }

  /** What {@code to} says, else the first word. */
  private static String destination(
      Optional<String> written, List<String> words, AddressFamily family) {
    String first = written.orElseGet(() -> words.isEmpty() ? "" : words.remove(0));
    String all = family == AddressFamily.IPV4 ? "0.0.0.0/0" : "::/0";
    return first.equals("default") || first.equals("default6") ? all : first;
  }

  /** Takes a word and the one after it out of the list; the latter. */
  private static Optional<String> take(List<String> words, String word) {
    int index = words.indexOf(word);
    if (index < 0 || index + 1 >= words.size()) {
      return Optional.empty();
    }
    words.remove(index);
    return Optional.of(words.remove(index));
  }
}
