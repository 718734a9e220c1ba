package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.WireConfig;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.Strictness;

/** The settings of packets, from {@code global_defs} and from instances. */
final class WireDraft {

  private static final double LONGEST_INTERVAL = 3600;
  private static final int HOP_LIMIT = 255;

  private Optional<ChecksumForm> checksum = Optional.empty();
  private Duration garpInterval = Duration.ZERO;
  private Duration naInterval = Duration.ZERO;
  private Optional<Boolean> accepts = Optional.empty();
  private int sentHopLimit = HOP_LIMIT;
  private OptionalInt lowest = OptionalInt.empty();
  private OptionalInt highest = OptionalInt.empty();

  WireDraft copy() {
    WireDraft copy = new WireDraft();
    copy.checksum = checksum;
    copy.garpInterval = garpInterval;
    copy.naInterval = naInterval;
    return copy;
  }

  /** Reads a keyword of {@code global_defs}; false when it is none of these. */
  boolean acceptGlobal(Statement statement, Values values) {
    switch (statement.keyword()) {
      case "v3_checksum_as_v2" -> checksum = Optional.of(ChecksumForm.MESSAGE_ONLY);
      case "vrrp_garp_interval" -> garpInterval = interval(statement, values, garpInterval);
      case "vrrp_gna_interval" -> naInterval = interval(statement, values, naInterval);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Reads a keyword of an instance; false when it is none of these. */
  boolean accept(Statement statement, Values values) {
    switch (statement.keyword()) {
      case "v3_checksum_as_v2" ->
          checksum =
              values.flag(statement) ? Optional.of(ChecksumForm.MESSAGE_ONLY) : Optional.empty();
      case "unicast_ttl" ->
          values
              .required(statement, "a number from 1 to " + HOP_LIMIT)
              .ifPresent(word -> hopLimit(word, values));
      case "accept" -> accepts = Optional.of(true);
      case "no_accept" -> accepts = Optional.of(false);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void hopLimit(Word word, Values values) {
    if (word.text().equals("0")) {
      values.warning(
          word.place(),
          "unicast_ttl 0 cannot be sent; " + sentHopLimit + " is used, where keepalived takes 0",
          "write a number from 1 to " + HOP_LIMIT);
      return;
    }
    String instead = sentHopLimit + " is used";
    values
        .numbers()
        .exact("unicast_ttl", word, 1, HOP_LIMIT, instead)
        .ifPresent(value -> sentHopLimit = value);
  }

  /**
   * Reads what follows a unicast peer: {@code min_ttl N} and {@code max_ttl N}. All peers of an
   * instance share one window; it is made as wide as the widest, so that no peer is lost.
   */
  void peerOptions(Word peer, List<Word> words, Values values) {
    int low = 0;
    int high = HOP_LIMIT;
    Iterator<Word> rest = words.iterator();
    while (rest.hasNext()) {
      Word word = rest.next();
      boolean isOption = word.text().equals("min_ttl") || word.text().equals("max_ttl");
      if (!isOption || !rest.hasNext()) {
        unusable(word, isOption, values);
        continue;
      }
      OptionalInt value =
          values.numbers().exact(word.text(), rest.next(), 0, HOP_LIMIT, "it is ignored");
      if (word.text().equals("min_ttl")) {
        low = value.orElse(low);
      } else {
        high = value.orElse(high);
      }
    }
    if (low > high) {
      values.warning(
          peer.place(),
          "min_ttl "
              + low
              + " is above max_ttl "
              + high
              + ": no packet could pass; both are ignored",
          "write the lower one as min_ttl");
      low = 0;
      high = HOP_LIMIT;
    }
    widen(peer, low, high, values);
  }

  private static void unusable(Word word, boolean isOption, Values values) {
    if (isOption) {
      values.warning(
          word.place(),
          word.text() + " has no number and is ignored",
          "write " + word.text() + " 0 to " + HOP_LIMIT);
    } else {
      values.warning(
          word.place(),
          "unknown word " + Values.quoted(word) + " after the peer is ignored",
          Habits.address(word).orElse("known: min_ttl N, max_ttl N"));
    }
  }

  private void widen(Word peer, int low, int high, Values values) {
    boolean isOther =
        lowest.isPresent() && (lowest.getAsInt() != low || highest.getAsInt() != high);
    lowest = OptionalInt.of(Math.min(lowest.orElse(low), low));
    highest = OptionalInt.of(Math.max(highest.orElse(high), high));
    if (isOther) {
      values.warning(
          peer.place(),
          "the TTL window of "
              + Values.quoted(peer)
              + " is another one than that of the peers above: "
              + lowest.getAsInt()
              + " to "
              + highest.getAsInt()
              + " applies to all of them",
          "give all peers of an instance the same min_ttl and max_ttl");
    }
  }

  /** In version 2 strict mode does not know the keyword. */
  void ignoreAccept() {
    accepts = accepts.filter(it -> !it);
  }

  /**
   * @param acceptsUnasked whether packets to the addresses are taken where the instance does not
   *     say
   */
  WireConfig assemble(AddressFamily family, boolean acceptsUnasked, boolean isStrict) {
    return new WireConfig(
        checksum,
        new WireConfig.HopLimits(sentHopLimit, lowest.orElse(0), highest.orElse(HOP_LIMIT)),
        family == AddressFamily.IPV4 ? garpInterval : naInterval,
        accepts.orElse(acceptsUnasked),
        isStrict ? Strictness.STRICT : Strictness.LENIENT);
  }

  private static Duration interval(Statement statement, Values values, Duration otherwise) {
    return values.numbers().seconds(statement, 0, LONGEST_INTERVAL, otherwise);
  }
}
