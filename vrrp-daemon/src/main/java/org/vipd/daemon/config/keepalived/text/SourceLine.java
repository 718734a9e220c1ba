package org.vipd.daemon.config.keepalived.text;

import java.util.Arrays;
import org.vipd.daemon.config.Place;

/**
 * A line of text that remembers where each of its characters was written, also after definitions
 * have been replaced. Immutable.
 */
final class SourceLine {

  private static final int[] AS_WRITTEN = {};

  private final String file;
  private final int number;
  private final String text;
  private final int[] columns;

  private SourceLine(String file, int number, String text, int[] columns) {
    this.file = file;
    this.number = number;
    this.text = text;
    this.columns = columns;
  }

  /** A line as it stands in a file; lines count from 1. */
  static SourceLine of(String file, int number, String text) {
    return new SourceLine(file, number, text, AS_WRITTEN);
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  boolean isBlank() {
    return text.isBlank();
  }

  /** Where the character at an index was written. */
  Place place(int index) {
    return new Place(file, number, column(index));
  }

  private int column(int index) {
    if (columns.length == 0) {
      return index + 1;
    }
    return index < columns.length ? columns[index] : columns[columns.length - 1] + 1;
  }

  /** Part of the line. */
  SourceLine part(int from, int to) {
    if (from == 0 && to == text.length()) {
      return this;
    }
    return new SourceLine(file, number, text.substring(from, to), columnsOf(from, to));
  }

  /** The line with a part replaced; the new characters are at the place of the old ones. */
  SourceLine replace(int from, int to, String replacement) {
    int grown = text.length() - (to - from) + replacement.length();
    int[] moved = new int[grown];
    System.arraycopy(columnsOf(0, from), 0, moved, 0, from);
    Arrays.fill(moved, from, from + replacement.length(), column(from));
    int[] rest = columnsOf(to, text.length());
    System.arraycopy(rest, 0, moved, from + replacement.length(), rest.length);
    String changed = text.substring(0, from) + replacement + text.substring(to);
    return new SourceLine(file, number, changed, moved);
  }

  private int[] columnsOf(int from, int to) {
    int[] found = new int[to - from];
    for (int i = from; i < to; i++) {
      found[i - from] = column(i);
    }
    return found;
  }
}
