package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.vipd.daemon.config.Digits;

/** Checks the values of keywords that take certain words only and are kept as text. */
public final class OptionWords {

  private static final int LONGEST_SECONDS = 86_400;
  private static final int HIGHEST_PRIORITY = 254;
  private static final int HIGHEST_REAL_TIME = 99;
  private static final int UMASK_BITS = 0777;
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,6}");
  private static final Pattern BITS =
      Pattern.compile("I[RWX](?:USR|GRP|OTH)(?:\\|I[RWX](?:USR|GRP|OTH)){0,8}");

  private OptionWords() {}

  /**
   * What is wrong with a value.
   *
   * @param index of the word, from 0; also of one that is missing
   * @param text what the keyword must be, as the end of a sentence
   * @param hint what to write
   */
  public record Complaint(int index, String text, String hint) {}

  /** What is wrong with the words of a keyword; empty when nothing is, or nothing is known. */
  public static Optional<Complaint> in(String keyword, List<String> words) {
    return switch (keyword) {
      case "garp_extra_if", "vmac_garp_intvl" -> extra(words, 0);
      case "vrrp_garp_extra_if", "vrrp_vmac_garp_intvl" -> extra(words, 1);
      case "timer_expired_backup", "thread_timer_expired" ->
          words.isEmpty() ? Optional.empty() : number(words, 1, HIGHEST_PRIORITY);
      case "max_auto_priority" ->
          words.isEmpty() ? Optional.empty() : number(words, -1, HIGHEST_REAL_TIME);
      case "vrrp_rx_bufs_policy" ->
          words.equals(List.of("MTU")) || words.equals(List.of("ADVERT"))
              ? Optional.empty()
              : number(words, 1, Integer.MAX_VALUE)
                  .map(it -> complaint(0, "MTU, ADVERT or a number of bytes", words));
      case "umask" -> umask(words);
      case "dynamic_interfaces" ->
          words.isEmpty() || words.get(0).equals("allow_if_changes")
              ? Optional.empty()
              : Optional.of(complaint(0, "alone or with allow_if_changes", words));
      default -> Optional.empty();
    };
  }

  private static Optional<Complaint> extra(List<String> words, int lowest) {
    boolean isAll = !words.isEmpty() && words.get(0).equals("all");
    int index = isAll ? 1 : 0;
    OptionalLong seconds =
        index < words.size() ? Digits.whole(words.get(index)) : OptionalLong.empty();
    boolean isRight =
        seconds.isPresent()
            && seconds.getAsLong() >= lowest
            && seconds.getAsLong() <= LONGEST_SECONDS;
    return isRight
        ? Optional.empty()
        : Optional.of(
            complaint(
                index,
                "a number of seconds from "
                    + lowest
                    + " to "
                    + LONGEST_SECONDS
                    + ", perhaps after all",
                words));
  }

  private static Optional<Complaint> number(List<String> words, long lowest, long highest) {
    OptionalLong number = Digits.whole(words.get(0));
    boolean isRight =
        number.isPresent() && number.getAsLong() >= lowest && number.getAsLong() <= highest;
    return isRight
        ? Optional.empty()
        : Optional.of(complaint(0, "a whole number from " + lowest + " to " + highest, words));
  }

  private static Optional<Complaint> umask(List<String> words) {
    String text = String.join("", words);
    boolean isRight =
        OCTAL.matcher(text).matches()
            ? Integer.parseInt(text, 8) <= UMASK_BITS
            : BITS.matcher(text).matches();
    return isRight
        ? Optional.empty()
        : Optional.of(
            complaint(0, "an octal number up to 0777, or bits such as IRUSR|IWGRP", words));
  }

  private static Complaint complaint(int index, String what, List<String> words) {
    String word = index < words.size() ? words.get(index) : "";
    String found =
        index < words.size()
            ? "'" + (word.length() > 60 ? word.substring(0, 57) + "..." : word) + "'"
            : "nothing";
    return new Complaint(index, "must be " + what + ", found " + found, "correct the value");
  }
}
