package org.vipd.protocol.wire;

import org.vipd.protocol.wire.DecodeResult.Rejected;

/** Outcome of an authentication check inside the ladder. */
sealed interface Verdict {
  /** Nothing speaks against the packet. */
  Verdict PASSED = new Passed(0);

  static Verdict failed(Rejected rejected) {
    return new Failed(rejected);
  }

  static Verdict passedWith(Notice notice) {
    return new Passed(notice.bit());
  }

  /** The packet goes on, with these notices. */
  record Passed(int notices) implements Verdict {}

  /** The packet is dropped. */
  record Failed(Rejected rejected) implements Verdict {}
}
