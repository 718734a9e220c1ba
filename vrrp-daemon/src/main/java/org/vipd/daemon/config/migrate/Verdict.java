package org.vipd.daemon.config.migrate;

import java.util.Locale;

/** What became of a line. */
public enum Verdict {
  /** It means the same. */
  KEPT,
  /** It means something else, or stands in another form, and the reason is given. */
  CHANGED,
  /** It has no effect and is not written. */
  DROPPED,
  /** It is followed, but something about it will hurt, or vipd does not do it yet. */
  DANGEROUS;

  /** The word used in reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
