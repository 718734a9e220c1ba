package org.vipd.daemon.config.keepalived;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Answers whether a user exists on this machine, from {@code /etc/passwd}. */
final class Accounts {

  private static final Path PASSWD = Path.of("/etc/passwd");

  private Accounts() {}

  static boolean userExists(String name) {
    try (Stream<String> lines = Files.lines(PASSWD, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.startsWith(name + ":"));
    } catch (IOException e) {
      // no readable passwd: then the words cannot be known as a user
      return false;
    }
  }
}
