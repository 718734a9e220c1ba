package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a user can run a program, by owner, group and mode of it and of each directory on the way
 * to it. Access lists are not looked at.
 */
final class ProgramAccess {

  private static final int EXECUTE = 1;
  private static final int READ = 4;
  private static final int ANYONE_EXECUTES = 0111;
  private static final int OWNER_SHIFT = 6;
  private static final int GROUP_SHIFT = 3;
  private static final int PERMISSIONS = 07777;

  private final UserIdentity user;

  ProgramAccess(UserIdentity user) {
    this.user = user;
  }

  /** Why the user cannot run it; empty when it can. */
  Optional<String> obstacle(Path program) {
    Path path = program.toAbsolutePath();
    try {
      Optional<String> onTheWay = obstacleOnTheWay(path);
      if (onTheWay.isPresent()) {
        return onTheWay;
      }
      Optional<String> irregularity = ProgramFile.irregularity(path);
      return irregularity.isPresent() ? irregularity : obstacleAt(path);
    } catch (IOException e) {
      return Optional.of(path + " cannot be looked at: " + e.getMessage());
    }
  }

  private Optional<String> obstacleOnTheWay(Path path) throws IOException {
    for (Path part : parts(path)) {
      Optional<String> absence = ProgramFile.absence(part);
      if (absence.isPresent()) {
        return absence;
      }
    }
    Set<Path> directories = new LinkedHashSet<>(parts(path.getParent()));
    directories.addAll(parts(path.toRealPath().getParent()));
    for (Path directory : directories) {
      if (Files.isDirectory(directory) && !may(directory, EXECUTE)) {
        return Optional.of(refused("enter", directory) + "; run: chmod o+x " + directory);
      }
    }
    return Optional.empty();
  }

  private Optional<String> obstacleAt(Path path) throws IOException {
    if ((mode(path) & ANYONE_EXECUTES) == 0) {
      return Optional.of(path + " is not executable; run: chmod +x " + path);
    }
    if (!may(path, EXECUTE)) {
      return Optional.of(refused("execute", path) + "; run: chmod o+x " + path);
    }
    if (ProgramFile.interpreter(path).isPresent() && !may(path, READ)) {
      return Optional.of(refused("read", path) + ", a script; run: chmod o+r " + path);
    }
    return ProgramFile.missingInterpreter(path);
  }

  private static Set<Path> parts(Path path) {
    Set<Path> parts = new LinkedHashSet<>();
    Path part = path.getRoot();
    parts.add(part);
    for (Path name : path) {
      part = part.resolve(name);
      parts.add(part);
    }
    return parts;
  }

  private boolean may(Path path, int permission) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, "unix:uid,gid,mode");
    int mode = (Integer) found.get("mode");
    if (user.isRoot()) {
      return permission == READ || Files.isDirectory(path) || (mode & ANYONE_EXECUTES) != 0;
    }
    if ((Integer) found.get("uid") == user.uid()) {
      return (mode >> OWNER_SHIFT & permission) != 0;
    }
    return user.gids().contains((Integer) found.get("gid"))
        ? (mode >> GROUP_SHIFT & permission) != 0
        : (mode & permission) != 0;
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode");
  }

  private String refused(String verb, Path path) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, "posix:owner,group");
    return "user "
        + user.name()
        + " may not "
        + verb
        + " "
        + path
        + " (owner "
        + found.get("owner")
        + ", group "
        + found.get("group")
        + ", mode "
        + String.format(Locale.ROOT, "%04o", mode(path) & PERMISSIONS)
        + ")";
  }
}
