package org.vipd.daemon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.port.PortException;

/**
 * Turns a command into one that another user runs: {@code setpriv} of util-linux sets groups and
 * user in the child and becomes the program. Spawning itself cannot do that, and to change the user
 * of the spawning thread for a moment would let that user send signals to the daemon.
 */
final class Identities {

  private static final List<Path> SETPRIV =
      List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final Path GROUP = Path.of("/etc/group");
  private static final int NAME = 0;
  private static final int NUMBER = 2;
  private static final int PRIMARY_GROUP = 3;

  /** The words that run a program as a user. */
  List<String> argv(Account account, List<String> program) throws PortException {
    Optional<String[]> user = entry(PASSWD, account.user());
    if (user.isEmpty() && !isNumber(account.user())) {
      throw refused(
          "user " + account.user() + " does not exist; create it: useradd -r " + account.user());
    }
    String uid = user.map(it -> it[NUMBER]).orElse(account.user());
    String gid =
        account.group().isPresent()
            ? group(account.group().get())
            : user.map(it -> it[PRIMARY_GROUP]).orElse(uid);
    List<String> words = new ArrayList<>();
    words.add(setpriv().toString());
    words.add("--reuid=" + uid);
    words.add("--regid=" + gid);
    boolean initializes = account.hasSupplementaryGroups() && user.isPresent();
    words.add(initializes ? "--init-groups" : "--clear-groups");
    words.add("--");
    words.addAll(program);
    return words;
  }

  private static String group(String name) throws PortException {
    Optional<String[]> group = entry(GROUP, name);
    if (group.isEmpty() && !isNumber(name)) {
      throw refused("group " + name + " does not exist; create it: groupadd -r " + name);
    }
    return group.map(it -> it[NUMBER]).orElse(name);
  }

  private static Path setpriv() throws PortException {
    return SETPRIV.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> refused("setpriv is missing, which runs it as another user; install util-linux"));
  }

  /** The line of a name or number in a file of the form {@code name:password:number:...}. */
  private static Optional<String[]> entry(Path file, String wanted) throws PortException {
    int column = isNumber(wanted) ? NUMBER : NAME;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(columns -> columns.length > PRIMARY_GROUP && columns[column].equals(wanted))
          .findFirst();
    } catch (IOException e) {
      throw refused(file + " cannot be read: " + e.getMessage());
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static PortException refused(String reason) {
    return new PortException(reason, false);
  }
}
