package org.vipd.daemon.ledger;

import java.util.List;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;

/**
 * Records addresses in the ledger before they are installed. A router announces them when it begins
 * to take part, so that nothing has to be written at the moment of a takeover.
 */
public final class RecordedAddresses implements AddressPort {

  private final AddressPort kernel;
  private final Ledger ledger;

  /** Records in the ledger of this process. */
  public RecordedAddresses(AddressPort kernel, Ledger ledger) {
    this.kernel = kernel;
    this.ledger = ledger;
  }

  @Override
  public void prepare(List<AddressInstall> addresses) {
    ledger.recordAddresses(addresses);
    kernel.prepare(addresses);
  }

  @Override
  public void prepareFor(String router, List<AddressInstall> addresses) {
    ledger.recordAddresses(router, addresses);
    kernel.prepare(addresses);
  }

  @Override
  public Installed install(List<AddressInstall> addresses) {
    ledger.recordAddresses(addresses);
    return kernel.install(addresses);
  }

  @Override
  public boolean isLeft(AddressInstall address) {
    return ledger.former().left().contains(LedgerEntry.of(address));
  }

  @Override
  public boolean isRecorded(AddressInstall address) {
    return ledger.former().recorded().contains(LedgerEntry.of(address));
  }

  @Override
  public List<AddressInstall> recordedOf(String router) {
    return ledger.former().of(router).stream().map(LedgerEntry::install).toList();
  }

  @Override
  public boolean isRecordedOfOther(AddressInstall address, String router) {
    return ledger.former().isOfOther(LedgerEntry.of(address), router);
  }

  @Override
  public void withdraw(AddressInstall address) {
    ledger.withdrawAddress(address);
  }

  @Override
  public void keepRecord() {
    ledger.keep();
  }

  @Override
  public List<Failure> refresh(List<AddressInstall> addresses) {
    return kernel.refresh(addresses);
  }

  @Override
  public Removed remove(List<AddressInstall> addresses) {
    return kernel.remove(addresses);
  }

  @Override
  public Removed removeBesideOthers(List<AddressInstall> addresses) {
    return kernel.removeBesideOthers(addresses);
  }
}
