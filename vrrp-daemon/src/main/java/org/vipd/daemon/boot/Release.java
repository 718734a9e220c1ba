package org.vipd.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vipd.daemon.ledger.LedgerFile;
import org.vipd.daemon.ledger.NetworkNamespace;
import org.vipd.daemon.ledger.Reclaim;
import org.vipd.daemon.linux.LinuxAddresses;
import org.vipd.daemon.linux.LinuxRoutes;
import org.vipd.daemon.service.JournalLane;
import org.vipd.daemon.service.RuntimeDirectory;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.RouteClient;
import org.vipd.netlink.route.RoutingTable;

/** Takes away what a daemon that runs no longer has left in the kernel: {@code vipd release}. */
public final class Release {

  private static final int DONE = 0;
  private static final int FAILED = 1;

  private Release() {}

  /**
   * Removes what the ledger names.
   *
   * @param leavesLeased whether addresses with a lease stay until it ends
   * @return exit status: 0 nothing is left, 1 something may be
   */
  public static int run(Path runtimeDirectory, boolean leavesLeased) {
    JournalLane journal = new JournalLane();
    Thread writer = Threads.start("vipd-journal", journal);
    try (Closing parts = new Closing(journal)) {
      if (!Files.isDirectory(runtimeDirectory)) {
        journal.info("nothing to release: there is no directory " + runtimeDirectory);
        return DONE;
      }
      return release(runtimeDirectory, leavesLeased, journal, parts);
    } catch (RuntimeDirectory.UnusableException | IOException | SyscallException e) {
      journal.error("nothing is released: " + e.getMessage());
      return FAILED;
    } finally {
      journal.close();
      Threads.join(writer);
    }
  }

  private static int release(
      Path runtimeDirectory, boolean leavesLeased, JournalLane journal, Closing parts)
      throws RuntimeDirectory.UnusableException, IOException {
    try (RuntimeDirectory directory = RuntimeDirectory.open(runtimeDirectory)) {
      LinuxAddresses addresses = new LinuxAddresses(parts.add(RouteClient.open()));
      LinuxRoutes routes = new LinuxRoutes(() -> parts.add(RoutingTable.open()), ownPort -> {});
      LedgerFile ledger = new LedgerFile(directory.ledgerFile(), NetworkNamespace.ofProcess());
      boolean isDone =
          new Reclaim(ledger, addresses, addresses, routes, journal).release(leavesLeased);
      return isDone ? DONE : FAILED;
    }
  }
}
