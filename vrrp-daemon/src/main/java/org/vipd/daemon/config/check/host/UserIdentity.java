package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.account.AccountFile;
import org.vipd.daemon.config.account.AccountFile.Entry;

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

  UserIdentity {
    gids = Set.copyOf(gids);
  }

  boolean isRoot() {
    return uid == 0;
  }

  /** Looks an account up as the daemon does; empty when user or group do not exist. */
  static Optional<UserIdentity> of(Account account) {
    Optional<Entry> user = entry(AccountFile.USERS, account.user());
    Optional<Integer> uid = user.map(Entry::number).flatMap(UserIdentity::number);
    uid = uid.or(() -> number(account.user()));
    Optional<Integer> gid =
        account.group().isPresent()
            ? account.group().flatMap(UserIdentity::groupNumber)
            : user.map(Entry::last).flatMap(UserIdentity::number).or(() -> number(account.user()));
    if (uid.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    Set<Integer> gids = new HashSet<>(Set.of(gid.get()));
    if (account.hasSupplementaryGroups() && user.isPresent()) {
      gids.addAll(memberships(user.get().name()));
    }
    return Optional.of(new UserIdentity(account.user(), uid.get(), gids));
  }

  /** False only when it is known that there is none of that name. */
  static boolean hasGroup(String group) {
    return !Files.isReadable(AccountFile.GROUPS.path()) || groupNumber(group).isPresent();
  }

  private static Optional<Integer> groupNumber(String group) {
    return entry(AccountFile.GROUPS, group)
        .map(Entry::number)
        .flatMap(UserIdentity::number)
        .or(() -> number(group));
  }

  private static Set<Integer> memberships(String user) {
    Set<Integer> gids = new HashSet<>();
    for (Entry group : groups()) {
      if (List.of(group.last().split(",", -1)).contains(user)) {
        number(group.number()).ifPresent(gids::add);
      }
    }
    return gids;
  }

  private static List<Entry> groups() {
    try {
      return AccountFile.GROUPS.entries();
    } catch (IOException e) {
      // not readable: then nobody is known to be in one
      return List.of();
    }
  }

  private static Optional<Entry> entry(AccountFile file, String wanted) {
    try {
      return file.find(wanted);
    } catch (IOException e) {
      // not readable: then nobody is known
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text) {
    boolean isNumber = text.matches("[0-9]{1,9}");
    return isNumber ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
