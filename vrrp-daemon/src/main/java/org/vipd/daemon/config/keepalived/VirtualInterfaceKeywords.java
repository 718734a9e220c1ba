package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.network.VirtualInterface;

/** {@code use_vmac}, {@code use_ipvlan} and what belongs to them. */
final class VirtualInterfaceKeywords {

  private static final Pattern MAC = Pattern.compile("(?:[0-9A-Fa-f]{1,2}:){4,5}[0-9A-Fa-f]{1,2}");

  private final Values values;
  private Optional<String> name = Optional.empty();
  private Optional<String> mac = Optional.empty();
  private Optional<String> address = Optional.empty();
  private Optional<String> group = Optional.empty();
  private String mode = "bridge";
  private boolean isMacvlan;
  private boolean isIpvlan;
  private boolean transmitsOnBase;
  private boolean coversAddresses;

  VirtualInterfaceKeywords(Values values) {
    this.values = values;
  }

  /** Reads a statement; false when it is about something else. */
  boolean accept(Statement statement) {
    switch (statement.keyword()) {
      case "use_vmac" -> {
        isMacvlan = true;
        macvlan(statement);
      }
      case "use_ipvlan" -> {
        isIpvlan = true;
        statement.arguments().forEach(this::ipvlanWord);
      }
      case "use_vmac_addr" -> coversAddresses = true;
      case "vmac_xmit_base" -> transmitsOnBase = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  VirtualInterface config() {
    if (isIpvlan) {
      return new VirtualInterface.Ipvlan(name, address, mode);
    }
    return isMacvlan
        ? new VirtualInterface.Macvlan(name, mac, transmitsOnBase, coversAddresses, group)
        : new VirtualInterface.None();
  }

  private void macvlan(Statement statement) {
    List<Word> names = new ArrayList<>();
    var words = statement.arguments().iterator();
    while (words.hasNext()) {
      Word word = words.next();
      if (word.text().equals("group") && words.hasNext()) {
        group = Optional.of(words.next().text());
      } else if (MAC.matcher(word.text()).matches()) {
        mac = Optional.of(word.text());
      } else if (word.text().equals("netlink_notify_msg")) {
        values.surplus(
            word,
            "netlink_notify_msg after use_vmac is left out: vipd sends no such message",
            "delete the word when nothing waits for it");
      } else {
        names.add(word);
      }
    }
    names.stream().findFirst().ifPresent(this::name);
    names.stream()
        .skip(1)
        .forEach(
            word ->
                values.warning(
                    word.place(),
                    Values.quoted(word)
                        + " after the name is ignored; keepalived 2.4 takes it for the interface"
                        + " below",
                    "write interface in the instance"));
    if (name.filter(it -> it.equals("false") || it.equals("off") || it.equals("no")).isPresent()) {
      values.warning(
          statement.place(),
          "use_vmac takes the name of an interface, so this asks for one that is called "
              + name.get(),
          "delete the line when no virtual MAC address is wanted");
    }
  }

  private void ipvlanWord(Word word) {
    if (values.host(word).isPresent()) {
      address = Optional.of(word.text());
    } else if (word.text().matches("bridge|private|vepa")) {
      mode = word.text();
    } else {
      name(word);
    }
  }

  private void name(Word word) {
    if (AddressKeywords.isInterfaceName(word.text())) {
      name = Optional.of(word.text());
    } else {
      values.warning(
          word.place(),
          Values.quoted(word)
              + " cannot be the name of a network interface and is ignored, as in keepalived",
          "names have 1 to 15 characters, no slash and no colon");
    }
  }
}
