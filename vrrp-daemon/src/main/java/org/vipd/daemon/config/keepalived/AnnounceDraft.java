package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.machine.AnnouncePolicy;

/**
 * The {@code garp_*} settings, read from {@code global_defs} (with prefix {@code vrrp_}) or from an
 * instance.
 */
final class AnnounceDraft {

  private static final int COUNT_LIMIT = 1000;
  private static final int SECONDS_LIMIT = 86_400;

  private int repeat = 5;
  private boolean isRepeatWritten;
  private Duration delay = Duration.ofSeconds(5);
  private boolean isDelayWritten;
  private Duration refresh = Duration.ZERO;
  private int refreshRepeat = 1;
  private int lowerPriorityRepeat = -1;
  private Duration lowerPriorityDelay = Duration.ofSeconds(-1);

  AnnounceDraft copy() {
    AnnounceDraft copy = new AnnounceDraft();
    copy.repeat = repeat;
    copy.delay = delay;
    copy.refresh = refresh;
    copy.refreshRepeat = refreshRepeat;
    // as in keepalived these follow the global settings, not those of the instance
    copy.lowerPriorityRepeat = lowerPriorityRepeat < 0 ? repeat : lowerPriorityRepeat;
    copy.lowerPriorityDelay = lowerPriorityDelay.isNegative() ? delay : lowerPriorityDelay;
    return copy;
  }

  /**
   * Reads a statement whose keyword starts with the prefix; false when it is not about
   * announcements.
   */
  boolean accept(Statement statement, String prefix, Values values) {
    if (!statement.keyword().startsWith(prefix)) {
      return false;
    }
    switch (statement.keyword().substring(prefix.length())) {
      case "master_repeat" -> {
        repeat = count(statement, true, values, repeat);
        isRepeatWritten = true;
      }
      case "master_delay" -> {
        delay = seconds(statement, values, delay);
        isDelayWritten = true;
      }
      case "master_refresh" -> refresh = seconds(statement, values, refresh);
      case "master_refresh_repeat" -> refreshRepeat = count(statement, true, values, refreshRepeat);
      case "lower_prio_repeat" ->
          lowerPriorityRepeat = count(statement, false, values, lowerPriorityRepeat);
      case "lower_prio_delay" ->
          lowerPriorityDelay = seconds(statement, values, lowerPriorityDelay);
      default -> {
        return false;
      }
    }
    return true;
  }

  AnnouncePolicy policy() {
    Duration rivalDelay = lowerPriorityDelay.isNegative() ? delay : lowerPriorityDelay;
    int rivalRepeat = lowerPriorityRepeat < 0 ? repeat : lowerPriorityRepeat;
    return new AnnouncePolicy(
        repeat,
        delay.toNanos(),
        refresh.toNanos(),
        refreshRepeat,
        new AnnouncePolicy.Rival(rivalRepeat, rivalDelay.toNanos()));
  }

  /**
   * What {@code vrrp_min_garp} means: one packet, and none later, unless the file says otherwise.
   */
  void reduce() {
    repeat = isRepeatWritten ? repeat : 1;
    delay = isDelayWritten ? delay : Duration.ZERO;
  }

  /** What strict mode means: no answer to routers of lower priority. */
  void silenceRivals() {
    lowerPriorityRepeat = 0;
    lowerPriorityDelay = Duration.ZERO;
  }

  private static int count(Statement statement, boolean needsOne, Values values, int otherwise) {
    Optional<Word> word = statement.argument(0);
    if (needsOne && word.filter(it -> it.text().matches("[^0-9+-].*")).isPresent()) {
      return values.numbers().cut(statement.keyword(), word.get(), 1, COUNT_LIMIT);
    }
    int count = whole(statement, values, otherwise, COUNT_LIMIT);
    if (count == 0 && needsOne) {
      values.finding(
          "V017",
          statement.valuePlace(),
          statement.keyword() + " must be 1 to " + COUNT_LIMIT + ", found 0; 1 is used",
          "write 1");
      return 1;
    }
    return count;
  }

  private static Duration seconds(Statement statement, Values values, Duration otherwise) {
    return Duration.ofSeconds(whole(statement, values, (int) otherwise.toSeconds(), SECONDS_LIMIT));
  }

  /** A number that is less than 0 stands for that of the setting with master in its name. */
  private static int whole(Statement statement, Values values, int otherwise, int limit) {
    Optional<Word> word = values.required(statement, "a number from 0 to " + limit);
    if (word.filter(it -> isLarger(it.text(), limit)).isPresent()) {
      values.finding(
          "V017",
          statement.place(),
          statement.keyword()
              + " is at most "
              + limit
              + ", found "
              + word.get().text()
              + "; "
              + limit
              + " is used",
          "write " + limit);
      return limit;
    }
    String instead =
        otherwise < 0
            ? "that of " + statement.keyword().replace("lower_prio", "master") + " is used"
            : otherwise + " is used";
    OptionalInt found =
        word.isEmpty()
            ? OptionalInt.empty()
            : values.numbers().whole(statement.keyword(), word.get(), 0, limit, instead);
    return found.orElse(otherwise);
  }

  private static boolean isLarger(String text, int limit) {
    return text.matches("[0-9]{1,10}") && Long.parseLong(text) > limit;
  }
}
