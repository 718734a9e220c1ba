package org.vipd.daemon.config.keepalived;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipd.daemon.config.VirtualAddressConfig.Rare;
import org.vipd.daemon.config.keepalived.text.Word;

/** The options of an address that few configurations have. */
final class RareOptions {

  private final Values values;
  private final String address;
  private final boolean isStatic;
  private final Set<String> flags = new TreeSet<>();
  private Optional<String> peer = Optional.empty();
  private Optional<String> lifetime = Optional.empty();
  private Optional<String> trackGroup = Optional.empty();
  private boolean isTracked = true;
  private boolean usesMacvlan;
  private boolean isRefused;

  /**
   * None yet.
   *
   * @param address as it is written, without a prefix length
   * @param isStatic whether the address is there whatever the state of an instance
   */
  RareOptions(Values values, String address, boolean isStatic) {
    this.values = values;
    this.address = address;
    this.isStatic = isStatic;
  }

  void read(Word option, Iterator<Word> rest) {
    switch (option.text()) {
      case "no_track" -> {
        isTracked = false;
        if (!isStatic) {
          later(option);
        }
      }
      case "use_vmac" -> {
        usesMacvlan = true;
        later(option);
      }
      case "peer" -> peer = next(option, rest);
      case "preferred_lft" -> lifetime = next(option, rest);
      case "track_group" -> trackGroup = next(option, rest);
      default -> flag(option, rest);
    }
  }

  /** Whether keepalived would drop the address. */
  boolean isRefused() {
    return isRefused;
  }

  Rare options() {
    return new Rare(peer, lifetime, trackGroup, flags, isTracked, usesMacvlan);
  }

  private void flag(Word option, Iterator<Word> rest) {
    if (Rare.FLAGS.contains(option.text())) {
      flags.add(option.text());
    } else if (Habits.comment(option.text()).isPresent()) {
      rest.forEachRemaining(ignored -> {});
      values.warning(
          option.place(),
          "what follows the address from " + Values.quoted(option) + " on is ignored",
          Habits.comment(option.text()).get());
      return;
    } else if (option.text().matches("/[0-9]{0,3}")) {
      String length = option.text().length() == 1 && rest.hasNext() ? rest.next().text() : "";
      values.warning(
          option.place(),
          "the address ends before the blank: " + Values.quoted(option) + " behind it is ignored",
          "write " + address + option.text() + length);
      return;
    } else {
      values.warning(
          option.place(),
          "unknown word " + Values.quoted(option) + " after the address is ignored",
          Habits.address(option)
              .orElse(
                  "known: dev, label, scope, brd, peer, no_track, use_vmac, preferred_lft,"
                      + " track_group"));
      return;
    }
    later(option);
  }

  private Optional<String> next(Word option, Iterator<Word> rest) {
    later(option);
    if (!rest.hasNext()) {
      values.warning(
          option.place(),
          option.text() + " needs a value; the address is dropped, as in keepalived",
          "write the value or delete " + option.text());
      isRefused = true;
      return Optional.empty();
    }
    return Optional.of(rest.next().text());
  }

  private void later(Word option) {
    values.notYetOnce(option.place(), option.text() + " after an address");
  }
}
