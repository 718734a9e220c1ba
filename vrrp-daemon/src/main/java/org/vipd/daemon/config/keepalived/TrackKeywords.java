package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;

/** The {@code track_*} blocks of an instance or a group. */
final class TrackKeywords {

  private static final int SCRIPT_WEIGHT_LIMIT = 253;
  private static final int READ_LIMIT = 254;
  private static final String WITHOUT = "the weight of its definition is used";

  private final Values values;
  private final List<CheckTrack> checks = new ArrayList<>();
  private final List<NamedTrack> tracks = new ArrayList<>();

  TrackKeywords(Values values) {
    this.values = values;
  }

  List<CheckTrack> checks() {
    return checks;
  }

  List<NamedTrack> tracks() {
    return tracks;
  }

  /** Reads a statement; false when it tracks nothing. */
  boolean accept(Statement block) {
    if (block.keyword().equals("track_script")) {
      block.children().forEach(this::check);
      return true;
    }
    for (TrackKind kind : TrackKind.values()) {
      if (kind.keyword().equals(block.keyword())) {
        block.children().forEach(statement -> track(kind, statement));
        return true;
      }
    }
    return false;
  }

  private void check(Statement statement) {
    String name = statement.keyword();
    Weight weight = weight(statement, "track_script", SCRIPT_WEIGHT_LIMIT);
    OptionalInt value = weight.value;
    if (value.isPresent() && Math.abs(value.getAsInt()) > SCRIPT_WEIGHT_LIMIT) {
      value = OptionalInt.of(cut(statement, value.getAsInt(), SCRIPT_WEIGHT_LIMIT));
    }
    if (checks.stream().anyMatch(track -> track.checkName().equals(name))) {
      values.warning(
          statement.place(), "script " + name + " is tracked twice; the first one is used", "");
    } else {
      checks.add(new CheckTrack(name, value, weight.isReversed));
    }
  }

  private void track(TrackKind kind, Statement statement) {
    Word word = statement.words().get(0);
    if (kind == TrackKind.INTERFACE) {
      word = AddressKeywords.interfaceName(word, values);
    }
    String name = word.text();
    if (kind == TrackKind.INTERFACE && !AddressKeywords.isInterfaceName(name)) {
      values.error(
          word.place(),
          Values.quoted(word) + " cannot be the name of a network interface",
          Habits.quotes(word).orElse("names have 1 to 15 characters, no slash and no colon"));
      return;
    }
    Weight weight = weight(statement, kind.keyword(), kind.weightLimit());
    OptionalInt value = weight.value;
    if (value.isPresent() && Math.abs(value.getAsInt()) > kind.weightLimit()) {
      value = OptionalInt.of(cut(statement, value.getAsInt(), kind.weightLimit()));
    }
    if (tracks.stream().anyMatch(track -> track.kind() == kind && track.name().equals(name))) {
      values.warning(
          statement.place(), name + " is tracked twice; the first one is used", "delete one");
    } else {
      tracks.add(new NamedTrack(kind, name, value, weight.isReversed));
    }
  }

  private int cut(Statement statement, int asked, int limit) {
    int cut = Integer.signum(asked) * limit;
    values.finding(
        "V017", statement.place(), "weight " + asked + " is cut to " + cut, "write " + cut);
    return cut;
  }

  private record Weight(OptionalInt value, boolean isReversed) {}

  private Weight weight(Statement statement, String block, int limit) {
    OptionalInt weight = OptionalInt.empty();
    boolean reversed = false;
    Iterator<Word> words = statement.arguments().iterator();
    while (words.hasNext()) {
      Word word = words.next();
      if (word.text().equals("weight") && words.hasNext()) {
        weight = weight(words.next(), block, limit);
      } else if (word.text().equals("weight")) {
        values.warning(
            word.place(),
            "weight needs a number from -"
                + limit
                + " to "
                + limit
                + " and is ignored; keepalived would not track "
                + statement.keyword()
                + " at all",
            "write: " + statement.keyword() + " weight N");
      } else if (word.text().equals("reverse")) {
        reversed = weight.isPresent();
        warnOfReverse(statement, word, weight);
      } else if (word.text().equals("noreverse")) {
        reversed = false;
        warnOfReverse(statement, word, weight);
      } else {
        values.leftOut(
            block,
            word.place(),
            "unknown word " + Values.quoted(word) + " in " + block + " is ignored",
            "write each on a line of its own, and a weight as: "
                + statement.keyword()
                + " weight N");
      }
    }
    return new Weight(weight, reversed);
  }

  /** Nobody who comes from keepalived expects a check to be turned round by that. */
  private void warnOfReverse(Statement statement, Word word, OptionalInt weight) {
    if (weight.isPresent()) {
      return;
    }
    values.warning(
        word.place(),
        word.text()
            + " needs a weight before it and is ignored; keepalived would not track "
            + statement.keyword()
            + " at all",
        "write: " + statement.keyword() + " weight 0 " + word.text());
  }

  /** keepalived takes 254 of all and cuts it afterwards, and what is larger not at all. */
  private OptionalInt weight(Word word, String block, int limit) {
    String instead = block.equals(TrackKind.INTERFACE.keyword()) ? "0 is used" : WITHOUT;
    long value = Digits.whole(word.text()).orElse(0);
    int taken = Math.abs(value) == READ_LIMIT ? READ_LIMIT : limit;
    return values.numbers().whole("weight", word, -taken, taken, instead);
  }
}
