package org.vipd.daemon.config;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * Which names of files this Java can use. It writes them in the letters of the locale that it was
 * started with: without a UTF-8 locale only those of ASCII.
 */
public final class FileName {

  /** What to do about a name that cannot be used. */
  public static final String HINT =
      "start vipd with a UTF-8 locale, for example LC_ALL=C.UTF-8, or use ASCII only";

  private static final Charset LETTERS =
      Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));

  private FileName() {}

  /** Why a name cannot be used; empty when it can. */
  public static Optional<String> objection(String name) {
    return objection(name, LETTERS);
  }

  static Optional<String> objection(String name, Charset letters) {
    String reason = "";
    if (name.indexOf('\0') >= 0) {
      reason = "it has a zero byte";
    } else if (!letters.newEncoder().canEncode(name)) {
      reason = "its letters are not in " + letters.name() + ", that of the locale";
    }
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of(Printable.of(name) + " cannot be a file name here: " + reason);
  }
}
