package org.vipd.daemon.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Which names of files this Java can use: without a UTF-8 locale only those of ASCII. */
public final class FileName {

  /** What to do about a name that cannot be used. */
  public static final String HINT =
      "start vipd with a UTF-8 locale, for example LC_ALL=C.UTF-8, or use ASCII only";

  private FileName() {}

  /** Why a name cannot be used; empty when it can. */
  public static Optional<String> objection(String name) {
    try {
      var unused = Path.of(name);
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of(
          Printable.of(name) + " cannot be a file name here (" + Printable.of(e.getReason()) + ")");
    }
  }
}
