package org.vipd.daemon.config;

/**
 * A position in a configuration file.
 *
 * @param file the file as the operator named it
 * @param line line number, from 1; 0 when the problem concerns the file as a whole
 * @param column column number in characters, from 1; 0 when the problem concerns the line or file
 *     as a whole
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

  /** The file as a whole. */
  public static Place ofFile(String file) {
    return new Place(file, 0, 0);
  }

  /** How a message at another place names this line; the file only where it is another. */
  public String textFrom(Place other) {
    return file.equals(other.file) ? "line " + line : Printable.of(file) + ":" + line;
  }

  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof Place that
        && line == that.line
        && column == that.column
        && file.equals(that.file);
  }

  @Override
  public int hashCode() {
    return (file.hashCode() * 31 + line) * 31 + column;
  }

  @Override
  public String toString() {
    String name = Printable.of(file);
    return line == 0 ? name : name + ":" + line + ":" + column;
  }
}
