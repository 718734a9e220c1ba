package org.vipd.daemon.port;

import java.util.List;

/**
 * Puts virtual addresses on interfaces and takes them away, a whole list in one batch. Both are
 * repeatable: an address that is already there, or already gone, counts as done.
 */
public interface AddressPort {

  /** Installs addresses; answers one message per address that could not be installed. */
  List<String> install(List<AddressInstall> addresses);

  /** Removes addresses; answers one message per address that could not be removed. */
  List<String> remove(List<AddressInstall> addresses);
}
