package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is at a path, in words: reading anything but a regular file may wait for ever. */
public final class FileKind {

  private static final int KINDS = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private FileKind() {}

  /**
   * {@code a pipe}, {@code a socket}, {@code a directory} or {@code a device}; empty for a regular
   * file. Links are followed.
   *
   * @throws IOException when it cannot be looked at, for example because nothing is there
   */
  public static Optional<String> irregular(Path path) throws IOException {
    return switch ((Integer) Files.getAttribute(path, "unix:mode") & KINDS) {
      case REGULAR -> Optional.empty();
      case DIRECTORY -> Optional.of("a directory");
      case PIPE -> Optional.of("a pipe");
      case SOCKET -> Optional.of("a socket");
      default -> Optional.of("a device");
    };
  }
}
