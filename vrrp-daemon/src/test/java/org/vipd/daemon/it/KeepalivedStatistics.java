package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** What a keepalived counts: it writes a file when it gets SIGUSR2. */
final class KeepalivedStatistics {

  private static final String FILE = "keepalived.stats";

  private KeepalivedStatistics() {}

  /** The lines of packets that it rejected; empty when there were none. */
  static List<String> rejects(KeepalivedNode node) {
    forgetFormer(node);
    node.process().signal("USR2");
    Await.until(
        "keepalived writes its statistics",
        Await.GENEROUS,
        () -> node.host().read(FILE).contains("Priority Zero"),
        () -> node.process().output());
    return node.host()
        .read(FILE)
        .lines()
        .dropWhile(line -> !line.contains("Packet Errors"))
        .takeWhile(line -> !line.contains("Priority Zero"))
        .filter(line -> !line.strip().endsWith(":") && !line.strip().endsWith(" 0"))
        .toList();
  }

  private static void forgetFormer(KeepalivedNode node) {
    try {
      Files.deleteIfExists(node.host().home().resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("delete " + FILE, e);
    }
  }
}
