package org.vipd.daemon.config.keepalived;

import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.VirtualAddressConfig.Rare;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** The options of an address that few configurations have. */
final class RareOptions {

  private static final String FOREVER = "forever";
  private static final long LONGEST_LIFETIME = 0xFFFF_FFFFL;

  private final Values values;
  private final String address;
  private final AddressFamily family;
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
    this.family = address.indexOf(':') < 0 ? AddressFamily.IPV4 : AddressFamily.IPV6;
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
      case "peer" -> peer = later(option, word(option, rest).flatMap(this::peer)).or(() -> peer);
      case "preferred_lft" ->
          lifetime = later(option, word(option, rest).flatMap(this::lifetime)).or(() -> lifetime);
      case "track_group" -> trackGroup(option, rest);
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

  private void trackGroup(Word option, Iterator<Word> rest) {
    if (isStatic) {
      trackGroup = word(option, rest).map(Word::text);
      return;
    }
    if (rest.hasNext()) {
      rest.next();
    }
    values.warning(
        option.place(),
        "track_group is for static addresses only and is ignored, as in keepalived",
        "delete it: an address of an instance follows the instance");
  }

  private Optional<String> peer(Word word) {
    Optional<String> other =
        values
            .host(word)
            .filter(it -> it.family() == family)
            .flatMap(it -> withLength(it, word.text()));
    if (other.isEmpty()) {
      values.warning(
          word.place(),
          "peer must be an address of the family of "
              + address
              + ", found "
              + Values.quoted(word)
              + "; it is ignored, as in keepalived",
          "write: peer ADDRESS");
    }
    return other;
  }

  /** The address with its length, unless that is the longest one. */
  private static Optional<String> withLength(IpAddress other, String text) {
    int slash = text.indexOf('/');
    long longest = other.family() == AddressFamily.IPV4 ? 32 : 128;
    OptionalLong length =
        slash < 0 ? OptionalLong.of(longest) : Digits.upTo(longest, text.substring(slash + 1));
    if (length.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        length.getAsLong() == longest ? other.toString() : other + "/" + length.getAsLong());
  }

  private Optional<String> lifetime(Word word) {
    OptionalLong seconds = Digits.upTo(LONGEST_LIFETIME, word.text());
    if (word.text().equals(FOREVER)) {
      return Optional.of(FOREVER);
    }
    if (seconds.isEmpty()) {
      values.warning(
          word.place(),
          "preferred_lft must be forever or a number from 0 to "
              + LONGEST_LIFETIME
              + ", found "
              + Values.quoted(word)
              + "; it is ignored, as in keepalived",
          "write seconds, or forever");
      return Optional.empty();
    }
    return Optional.of(Long.toString(seconds.getAsLong()));
  }

  private Optional<Word> word(Word option, Iterator<Word> rest) {
    if (!rest.hasNext()) {
      values.warning(
          option.place(),
          option.text() + " needs a value; the address is dropped, as in keepalived",
          "write the value or delete " + option.text());
      isRefused = true;
      return Optional.empty();
    }
    return Optional.of(rest.next());
  }

  /** A value that is wrong has no effect in keepalived either, and that was said. */
  private Optional<String> later(Word option, Optional<String> value) {
    if (value.isPresent()) {
      later(option);
    }
    return value;
  }

  private void later(Word option) {
    values.notYetOnce(option.place(), option.text() + " after an address");
  }
}
