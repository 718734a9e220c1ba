package org.vipd.daemon.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.account.AccountFile;
import org.vipd.daemon.config.account.AccountFile.Entry;
import org.vipd.daemon.port.PortException;

/**
 * Turns a command into one that another user runs: {@code setpriv} of util-linux sets groups and
 * user in the child and becomes the program. Spawning itself cannot do that, and to change the user
 * of the spawning thread for a moment would let that user send signals to the daemon.
 */
final class Identities {

  private static final List<Path> SETPRIV =
      List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

  /** The words that run a program as a user. */
  List<String> argv(Account account, List<String> program) throws PortException {
    Optional<Entry> user = entry(AccountFile.USERS, account.user());
    if (user.isEmpty() && !AccountFile.isNumber(account.user())) {
      throw refused(
          "user " + account.user() + " does not exist; create it: useradd -r " + account.user());
    }
    String uid = user.map(Entry::number).orElse(account.user());
    String gid =
        account.group().isPresent()
            ? group(account.group().get())
            : user.map(Entry::last).orElse(uid);
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
    Optional<Entry> group = entry(AccountFile.GROUPS, name);
    if (group.isEmpty() && !AccountFile.isNumber(name)) {
      throw refused("group " + name + " does not exist; create it: groupadd -r " + name);
    }
    return group.map(Entry::number).orElse(name);
  }

  private static Path setpriv() throws PortException {
    return SETPRIV.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> refused("setpriv is missing, which runs it as another user; install util-linux"));
  }

  private static Optional<Entry> entry(AccountFile file, String wanted) throws PortException {
    try {
      return file.find(wanted);
    } catch (IOException e) {
      throw refused(file.path() + " cannot be read: " + e.getMessage());
    }
  }

  private static PortException refused(String reason) {
    return new PortException(reason, false);
  }
}
