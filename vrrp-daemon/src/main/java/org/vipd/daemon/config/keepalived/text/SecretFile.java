package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.vipd.daemon.config.Place;

/**
 * A file that has a secret and nothing else: read at once, up to {@value #LIMIT} bytes, and only
 * when it is a regular file, because a pipe would never end.
 *
 * @param text what it has, without the line ends after it; empty when it cannot be read
 * @param obstacle why it cannot be read; empty when it was
 * @param isOpenToOthers whether its group or everybody has a right to it
 */
public record SecretFile(String text, String obstacle, boolean isOpenToOthers) {

  private static final int LIMIT = 4096;

  /**
   * The whole path of a file that a configuration names. A relative one begins in the folder of the
   * file that names it, so that it is the same one wherever the daemon is started.
   */
  public static String path(String name, Place from) {
    try {
      return Path.of(from.file()).toAbsolutePath().resolveSibling(name).normalize().toString();
    } catch (InvalidPathException e) {
      // whoever opens it tells why
      return name;
    }
  }

  /** What to do about an obstacle, given how the file is named. */
  public static String hint(String name) {
    return name.startsWith("/")
        ? "is the path right?"
        : "a relative path begins in the folder of the file that names it";
  }

  /** Reads a file by its whole path; whatever is wrong with it is the obstacle. */
  public static SecretFile read(String name) {
    try {
      Path path = Path.of(name);
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        return obstacle("it is a directory, pipe, socket or device, not a regular file");
      }
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
      rights.removeIf(right -> right.name().startsWith("OWNER"));
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(LIMIT + 1);
        return bytes.length > LIMIT
            ? obstacle("it has more than " + LIMIT + " bytes; is it the right file?")
            : new SecretFile(withoutLineEnds(bytes), "", !rights.isEmpty());
      }
    } catch (NoSuchFileException e) {
      return obstacle("it does not exist");
    } catch (AccessDeniedException e) {
      return obstacle("permission denied");
    } catch (IOException | InvalidPathException e) {
      return obstacle(String.valueOf(e.getMessage()));
    }
  }

  private static String withoutLineEnds(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replaceFirst("[\\r\\n]+$", "");
  }

  private static SecretFile obstacle(String why) {
    return new SecretFile("", why, false);
  }

  // by hand: what Java makes for records is spun at the first call; and a secret is not printed
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretFile that
        && text.equals(that.text)
        && obstacle.equals(that.obstacle)
        && isOpenToOthers == that.isOpenToOthers;
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + obstacle.hashCode() + Boolean.hashCode(isOpenToOthers);
  }

  @Override
  public String toString() {
    return obstacle.isEmpty() ? "a secret" : "no secret: " + obstacle;
  }
}
