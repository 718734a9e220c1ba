package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of {@code enable_script_security}: nobody but root may be able to change what root
 * runs, nor any directory on the way to it. Looked at before each run, so that a change of owner or
 * mode counts from the next run on.
 */
public final class ScriptGuard {

  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;
  private static final int PERMISSIONS = 07777;

  /** Why a program must not run as root, and what mends it; empty when it may. */
  public Optional<String> objection(Path program) {
    return weakness(program).map(it -> "not run as root (enable_script_security): " + it);
  }

  /** Who but root can change a file or the way to it, and what mends that. */
  Optional<String> weakness(Path program) {
    Set<Path> components = new LinkedHashSet<>();
    addComponents(components, program.toAbsolutePath());
    try {
      addComponents(components, program.toRealPath());
      for (Path component : components) {
        Optional<String> objection = objectionTo(component);
        if (objection.isPresent()) {
          return objection;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(program + " cannot be looked at: " + e.getMessage());
    }
  }

  private static void addComponents(Set<Path> into, Path path) {
    into.add(path.getRoot());
    for (int count = 1; count <= path.getNameCount(); count++) {
      into.add(path.getRoot().resolve(path.subpath(0, count)));
    }
  }

  private static Optional<String> objectionTo(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) found.get("mode");
    int gid = (Integer) found.get("gid");
    if ((Integer) found.get("uid") != 0) {
      return Optional.of(describe(path, mode) + "; run: chown root " + path);
    }
    if (Files.isSymbolicLink(path)) {
      return Optional.empty();
    }
    boolean groupWrites = (mode & GROUP_WRITES) != 0 && gid != 0;
    if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) != 0) {
      return Optional.of(
          describe(path, mode) + "; move the script where only root writes, as /usr/local/sbin");
    }
    if (groupWrites || (mode & OTHERS_WRITE) != 0) {
      return Optional.of(describe(path, mode) + "; run: chmod go-w " + path);
    }
    return Optional.empty();
  }

  private static String describe(Path path, int mode) throws IOException {
    Map<String, Object> who =
        Files.readAttributes(path, "posix:owner,group,permissions", LinkOption.NOFOLLOW_LINKS);
    @SuppressWarnings("unchecked")
    Set<java.nio.file.attribute.PosixFilePermission> permissions =
        (Set<java.nio.file.attribute.PosixFilePermission>) who.get("permissions");
    return path
        + " can be changed by others than root: owner "
        + who.get("owner")
        + ", group "
        + who.get("group")
        + ", mode "
        + String.format(java.util.Locale.ROOT, "%04o", mode & PERMISSIONS)
        + " ("
        + PosixFilePermissions.toString(permissions)
        + ")";
  }
}
