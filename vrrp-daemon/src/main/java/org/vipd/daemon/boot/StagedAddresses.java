package org.vipd.daemon.boot;

import java.util.List;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;

/**
 * Asks the kernel for the addresses of {@link Rehearsal}, on an interface that does not exist, and
 * takes the refusal for success: a router that holds nothing would announce nothing, and resign.
 */
final class StagedAddresses implements AddressPort {

  private final AddressPort kernel;
  private int installed;

  StagedAddresses(AddressPort kernel) {
    this.kernel = kernel;
  }

  /** How often addresses were installed. */
  int installed() {
    return installed;
  }

  @Override
  public Installed install(List<AddressInstall> addresses) {
    installed++;
    kernel.install(addresses);
    return Installed.ALL;
  }

  @Override
  public List<Failure> refresh(List<AddressInstall> addresses) {
    kernel.refresh(addresses);
    return List.of();
  }

  @Override
  public Removed remove(List<AddressInstall> addresses) {
    kernel.remove(addresses);
    return new Removed(addresses, List.of());
  }
}
