package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Names of routing tables, as iproute2 keeps them: a number and a name on each line. */
public final class TableNames {

  private static final Map<String, Integer> BUILT_IN =
      Map.of("default", 253, "main", 254, "local", 255);

  private static final String FILE = "rt_tables";

  private final List<Path> folders;
  private final Map<String, Integer> known = new HashMap<>(BUILT_IN);
  private boolean isRead;

  /** Names from the folders of iproute2; what a later one says counts. */
  public TableNames(List<Path> folders) {
    this.folders = folders;
  }

  /** Those of this host; what an administrator wrote comes last and counts. */
  public static TableNames ofHost() {
    return new TableNames(List.of(Path.of("/usr/share/iproute2"), Path.of("/etc/iproute2")));
  }

  /** The number of a table, 1 or more; files are read when a name is not known without them. */
  public OptionalInt number(String table) {
    if (table.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(table);
      return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }
    if (!known.containsKey(table)) {
      read();
    }
    Integer number = known.get(table);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** All names; files are read. */
  Set<String> names() {
    read();
    return new TreeSet<>(known.keySet());
  }

  /** What was read may have changed. */
  public void forget() {
    isRead = false;
    known.clear();
    known.putAll(BUILT_IN);
  }

  private void read() {
    if (!isRead) {
      isRead = true;
      folders.forEach(this::readFolder);
    }
  }

  private void readFolder(Path folder) {
    List<Path> files = new ArrayList<>(List.of(folder.resolve(FILE)));
    Path more = folder.resolve(FILE + ".d");
    if (Files.isDirectory(more)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(more, "*.conf")) {
        found.forEach(files::add);
      } catch (IOException e) {
        // as if there were none: the name that is looked for is said to be unknown
        return;
      }
    }
    files.stream().filter(Files::isRegularFile).forEach(this::readFile);
  }

  private void readFile(Path file) {
    try {
      for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n", -1)) {
        String[] words = line.strip().split("\\s+", 3);
        if (words.length >= 2 && words[0].matches("[0-9]{1,9}|0x[0-9a-fA-F]{1,7}")) {
          int number = Integer.decode(words[0]);
          if (number > 0) {
            known.put(words[1], number);
          }
        }
      }
    } catch (IOException e) {
      // as if it were not there: the name that is looked for is said to be unknown
    }
  }
}
