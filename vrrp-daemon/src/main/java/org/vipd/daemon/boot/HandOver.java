package org.vipd.daemon.boot;

import java.nio.file.Path;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.service.JournalLane;

/**
 * Asks a daemon to leave its addresses to the process that somebody is about to start in its place:
 * {@code vipd leave}. See docs/decisions/0049-the-restart-hands-over.md.
 */
public final class HandOver {

  private static final int LEAVES = 0;
  private static final int STAYS = 1;
  private static final int UNUSABLE_CONFIGURATION = 2;

  private HandOver() {}

  /**
   * Asks it, unless the next process could not go on with its configuration.
   *
   * @param file the configuration of the next process
   * @return exit status: 0 it leaves, 1 it does not, 2 it was not asked
   */
  public static int run(Path file, Path runtimeDirectory) {
    JournalLane journal = new JournalLane();
    Thread writer = Threads.start("vipd-journal", journal);
    try {
      LoadResult result = ConfigurationFile.read(file, ReadOptions.ofHost()).result();
      boolean isUsable = result.config().filter(it -> !it.instances().isEmpty()).isPresent();
      if (!isUsable) {
        result.problems().forEach(journal::problem);
        journal.error(
            "the daemon is not asked to leave its addresses to the next process, which could not go"
                + " on with "
                + file
                + (result.config().isEmpty() ? ", because it cannot be used" : ": no vrrp_instance")
                + "; when it is stopped now it resigns, and another node takes over: correct the"
                + " file, then start it again");
        return UNUSABLE_CONFIGURATION;
      }
      Predecessor daemon = new Predecessor(runtimeDirectory, journal);
      return daemon.isThere() && daemon.leaves() ? LEAVES : STAYS;
    } finally {
      journal.close();
      Threads.join(writer);
    }
  }
}
