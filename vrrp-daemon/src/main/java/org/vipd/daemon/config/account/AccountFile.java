package org.vipd.daemon.config.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file of this host with lines {@code name:password:number:...}: its users, or its groups. */
public enum AccountFile {
  /** Users, with the number of their first group in the last column (passwd(5)). */
  USERS("/etc/passwd"),
  /** Groups, with their members in the last column (group(5)). */
  GROUPS("/etc/group");

  private static final int NAME = 0;
  private static final int NUMBER = 2;
  private static final int LAST = 3;

  private final String path;

  AccountFile(String path) {
    this.path = path;
  }

  /**
   * A line of the file.
   *
   * @param name of the user or group
   * @param number of the user or group
   * @param last number of the first group of a user; names of the members of a group
   */
  public record Entry(String name, String number, String last) {}

  /** Where the file is. */
  public Path path() {
    return Path.of(path);
  }

  /** Its lines, as far as they are ones. */
  public List<Entry> entries() throws IOException {
    return Files.readAllLines(path(), StandardCharsets.ISO_8859_1).stream()
        .map(line -> line.split(":", -1))
        .filter(columns -> columns.length > LAST)
        .map(columns -> new Entry(columns[NAME], columns[NUMBER], columns[LAST]))
        .toList();
  }

  /** The line of a name, or of a number. */
  public Optional<Entry> find(String wanted) throws IOException {
    boolean isNumber = isNumber(wanted);
    return entries().stream()
        .filter(it -> (isNumber ? it.number() : it.name()).equals(wanted))
        .findFirst();
  }

  /** Whether a user or group of this name is listed; empty when the file cannot be read. */
  public Optional<Boolean> hasName(String name) {
    try {
      return Optional.of(entries().stream().anyMatch(it -> it.name().equals(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether somebody is named by a number, which need not be listed. */
  public static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
