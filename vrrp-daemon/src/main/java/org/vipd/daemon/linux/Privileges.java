package org.vipd.daemon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vipd.daemon.port.PortException;

/**
 * Whether the process may do what it will have to do once it is Active. A node that finds out only
 * then takes the address from a healthy one for nothing.
 */
public final class Privileges {

  private static final String FIELD = "CapEff:";

  /** CAP_NET_ADMIN, linux/capability.h. */
  private static final int NET_ADMIN = 12;

  private static final int HEXADECIMAL = 16;

  private Privileges() {}

  /**
   * Does nothing when addresses may be changed, or when that cannot be found out.
   *
   * @throws PortException when CAP_NET_ADMIN is missing
   */
  public static void requireNetworkAdministration() throws PortException {
    String status;
    try {
      status = Files.readString(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return;
    }
    if (!mayAdministrateNetworks(status)) {
      throw new PortException(
          "CAP_NET_ADMIN is missing, so no address could be installed: run as root, or with"
              + " AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW under systemd, or with both"
              + " capabilities added in a container",
          true);
    }
  }

  /** Reads proc(5) {@code status}; true also when it does not tell. */
  static boolean mayAdministrateNetworks(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(FIELD))
        .map(line -> line.substring(FIELD.length()).strip())
        .allMatch(mask -> (Long.parseUnsignedLong(mask, HEXADECIMAL) >>> NET_ADMIN & 1) == 1);
  }
}
