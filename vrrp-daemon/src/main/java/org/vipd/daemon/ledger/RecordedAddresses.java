package org.vipd.daemon.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.FileFailure;
import org.vipd.daemon.port.Journal;

/**
 * Records addresses in the ledger before they are installed. A router announces them when it begins
 * to take part, so that nothing has to be written at the moment of a takeover.
 */
public final class RecordedAddresses implements AddressPort {

  private static final int LIMIT = 65_536;

  private final AddressPort kernel;
  private final LedgerFile file;
  private final Journal journal;
  private final Set<LedgerEntry> recorded = new LinkedHashSet<>();
  private boolean hasComplained;

  /** Writes to a file of the runtime directory. */
  public RecordedAddresses(AddressPort kernel, Path file, Journal journal) {
    this.kernel = kernel;
    this.file = new LedgerFile(file);
    this.journal = journal;
  }

  @Override
  public void prepare(List<AddressInstall> addresses) {
    record(addresses);
    kernel.prepare(addresses);
  }

  @Override
  public Installed install(List<AddressInstall> addresses) {
    record(addresses);
    return kernel.install(addresses);
  }

  @Override
  public List<Failure> refresh(List<AddressInstall> addresses) {
    return kernel.refresh(addresses);
  }

  @Override
  public List<Failure> remove(List<AddressInstall> addresses) {
    return kernel.remove(addresses);
  }

  private void record(List<AddressInstall> addresses) {
    boolean isNew = false;
    for (AddressInstall install : addresses) {
      isNew |= recorded.size() < LIMIT && recorded.add(LedgerEntry.of(install));
    }
    if (!isNew) {
      return;
    }
    try {
      file.write(recorded);
      hasComplained = false;
    } catch (IOException e) {
      if (!hasComplained) {
        hasComplained = true;
        journal.warn(
            "addresses are not recorded: "
                + FileFailure.cause(e)
                + "; after a crash the next start removes only what its configuration names, and"
                + " the lease of the addresses does the rest");
      }
    }
  }
}
