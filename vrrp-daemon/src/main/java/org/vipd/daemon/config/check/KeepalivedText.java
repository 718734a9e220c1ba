package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    String scope = SCOPES.getOrDefault(options.scope(), Integer.toString(options.scope()));
    text.append(" scope ").append(scope);
    options.label().ifPresent(it -> text.append(" label ").append(it));
    options.rare().peer().ifPresent(it -> text.append(" peer ").append(it));
    options.rare().sortedFlags().forEach(flag -> text.append(' ').append(flag));
    if (!options.rare().isTracked()) {
      text.append(" no_track");
    }
    options.rare().trackGroup().ifPresent(it -> text.append(" track_group ").append(it));
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

  /** A route or rule with its destination first, as keepalived prints it. */
  String route(KernelEntry entry) {
    List<String> words = new ArrayList<>(entry.words());
    StringBuilder text = new StringBuilder();
    if (entry.kind() == KernelEntry.Kind.ROUTE) {
      text.append("prepend ").append(destination(words, entry.family()));
      take(words, "src").ifPresent(it -> text.append(" src ").append(it));
      String family = entry.family() == AddressFamily.IPV4 ? "inet " : "inet6 ";
      take(words, "via").ifPresent(it -> text.append(" via ").append(family).append(it));
    }
    words.forEach(word -> text.append(text.isEmpty() ? "" : " ").append(word));
    entry.device().ifPresent(it -> text.append(" dev ").append(it));
    entry.table().ifPresent(it -> text.append(" table ").append(it));
    return text.append(" proto ").append(PROTOCOL_NUMBER).toString();
  }

  private static String destination(List<String> words, AddressFamily family) {
    if (words.isEmpty()) {
      return "";
    }
    String first = words.remove(0);
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
