package org.vipd.daemon.config;

import org.vipd.daemon.config.keepalived.KeepalivedReader;

/** Reads routes or rules as an operator writes them; the first one stands in line 8. */
final class EntryTexts {

  private EntryTexts() {}

  /**
   * What comes of a list in an instance.
   *
   * @param list {@code virtual_routes} or {@code virtual_rules}
   */
  static LoadResult read(String list, String... lines) {
    return KeepalivedReader.parse(
        "k.conf",
        "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n virtual_ipaddress {\n"
            + " 10.0.0.100\n }\n "
            + list
            + " {\n  "
            + String.join("\n  ", lines)
            + "\n }\n}\n");
  }
}
