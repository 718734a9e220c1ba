package org.vipd.daemon.config.keepalived.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A definition that is being read: {@code $NAME=value}, going on over the next lines while a line
 * ends with a backslash.
 */
final class PendingDefinition {

  private static final Pattern START =
      Pattern.compile("\\s*\\$([A-Za-z_][A-Za-z0-9_]*)=", Pattern.DOTALL);

  private final Definitions definitions;
  private final List<SourceLine> value = new ArrayList<>();
  private Optional<String> name = Optional.empty();

  PendingDefinition(Definitions definitions) {
    this.definitions = definitions;
  }

  /** Whether a line starts a definition. */
  static boolean isStart(SourceLine line) {
    return START.matcher(line.text()).lookingAt();
  }

  /** Takes the first line of a definition; false when it is none. */
  boolean startsWith(SourceLine line) {
    if (line.text().indexOf('$') < 0) {
      return false;
    }
    Matcher start = START.matcher(line.text());
    if (!start.lookingAt()) {
      return false;
    }
    name = Optional.of(start.group(1));
    SourceLine rest = trimmed(line.part(start.end(), line.length()));
    boolean goesOn = rest.text().endsWith("\\");
    SourceLine first = goesOn ? trimmed(rest.part(0, rest.length() - 1)) : rest;
    if (!goesOn || !first.isBlank()) {
      value.add(first);
    }
    if (!goesOn) {
      finish();
    }
    return true;
  }

  boolean isOpen() {
    return name.isPresent();
  }

  /** Takes a line that goes on with the definition; false when there is none to go on with. */
  boolean takes(SourceLine line) {
    if (name.isEmpty()) {
      return false;
    }
    SourceLine rest = trimmed(line);
    boolean goesOn = rest.text().endsWith("\\");
    value.add(goesOn ? trimmed(rest.part(0, rest.length() - 1)) : rest);
    if (!goesOn) {
      finish();
    }
    return true;
  }

  /** The definition ends here, also when it expected another line. */
  void finish() {
    name.ifPresent(defined -> definitions.define(defined, value));
    name = Optional.empty();
    value.clear();
  }

  private static SourceLine trimmed(SourceLine line) {
    int from = Characters.skipBlanks(line.text(), 0);
    int to = line.length();
    while (to > from && Characters.isBlank(line.text().charAt(to - 1))) {
      to--;
    }
    return line.part(from, to);
  }
}
