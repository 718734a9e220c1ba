package org.vipd.protocol.wire;

import java.util.EnumSet;
import java.util.Set;

/** Outcome of decoding one packet. */
public sealed interface DecodeResult {

  /**
   * A packet that passed every check.
   *
   * @param advertisement its content
   * @param form what its checksum covered
   * @param notices bit set of {@link Notice}, see {@link #has}
   */
  record Accepted(Advertisement advertisement, ChecksumForm form, int notices)
      implements DecodeResult {

    /** True when the packet earned this notice. */
    public boolean has(Notice notice) {
      return (notices & notice.bit()) != 0;
    }

    /** All notices, as a new set. */
    public Set<Notice> noticeSet() {
      Set<Notice> set = EnumSet.noneOf(Notice.class);
      for (Notice notice : Notice.values()) {
        if (has(notice)) {
          set.add(notice);
        }
      }
      return set;
    }
  }

  /**
   * A packet that must leave no trace but its counter.
   *
   * @param reason the first check that failed
   * @param expected what the check wanted; 0 when the reason has no number
   * @param found what the packet had; 0 when the reason has no number
   */
  record Rejected(RejectReason reason, long expected, long found) implements DecodeResult {

    /** A rejection by a check that does not compare numbers. */
    public static Rejected of(RejectReason reason) {
      return new Rejected(reason, 0, 0);
    }

    /** The reason in words, with expected and found values when there are any. */
    public String text() {
      if (expected == found) {
        return reason.text();
      }
      return reason.text()
          + ": expected "
          + reason.format(expected)
          + ", found "
          + reason.format(found);
    }
  }
}
