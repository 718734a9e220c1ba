package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vipd.daemon.config.Account;

/**
 * A user as the kernel knows it.
 *
 * @param name the operator's name for it
 * @param uid user number
 * @param gids its groups
 */
record UserIdentity(String name, int uid, Set<Integer> gids) {

  /** The daemon's usual user. */
  static final UserIdentity ROOT = new UserIdentity("root", 0, Set.of(0));

  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final Path GROUP = Path.of("/etc/group");
  private static final int NAME = 0;
  private static final int NUMBER = 2;
  private static final int LAST = 3;

  UserIdentity {
    gids = Set.copyOf(gids);
  }

  boolean isRoot() {
    return uid == 0;
  }

  /** Looks an account up as the daemon does; empty when user or group do not exist. */
  static Optional<UserIdentity> of(Account account) {
    Optional<String[]> user = entry(PASSWD, account.user());
    Optional<Integer> uid = user.map(it -> it[NUMBER]).flatMap(UserIdentity::number);
    uid = uid.or(() -> number(account.user()));
    Optional<Integer> gid =
        account.group().isPresent()
            ? account.group().flatMap(UserIdentity::groupNumber)
            : user.map(it -> it[LAST])
                .flatMap(UserIdentity::number)
                .or(() -> number(account.user()));
    if (uid.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    Set<Integer> gids = new HashSet<>(Set.of(gid.get()));
    if (account.hasSupplementaryGroups() && user.isPresent()) {
      gids.addAll(memberships(user.get()[NAME]));
    }
    return Optional.of(new UserIdentity(account.user(), uid.get(), gids));
  }

  /** False only when it is known that there is none of that name. */
  static boolean hasGroup(String group) {
    return !Files.isReadable(GROUP) || groupNumber(group).isPresent();
  }

  private static Optional<Integer> groupNumber(String group) {
    return entry(GROUP, group)
        .map(it -> it[NUMBER])
        .flatMap(UserIdentity::number)
        .or(() -> number(group));
  }

  private static Set<Integer> memberships(String user) {
    Set<Integer> gids = new HashSet<>();
    for (String line : lines(GROUP)) {
      String[] columns = line.split(":", -1);
      if (columns.length > LAST && List.of(columns[LAST].split(",", -1)).contains(user)) {
        number(columns[NUMBER]).ifPresent(gids::add);
      }
    }
    return gids;
  }

  /** The line of a name or number in a file of the form {@code name:password:number:...}. */
  private static Optional<String[]> entry(Path file, String wanted) {
    int column = number(wanted).isPresent() ? NUMBER : NAME;
    return lines(file).stream()
        .map(line -> line.split(":", -1))
        .filter(columns -> columns.length > LAST && columns[column].equals(wanted))
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.toList();
    } catch (IOException e) {
      // not readable: then nobody is known
      return List.of();
    }
  }

  private static Optional<Integer> number(String text) {
    boolean isNumber = text.matches("[0-9]{1,9}");
    return isNumber ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
