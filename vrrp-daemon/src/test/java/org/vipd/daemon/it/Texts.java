package org.vipd.daemon.it;

import java.util.Locale;

/** Configurations for one instance on {@code eth0}. */
final class Texts {

  static final String VIP = "10.66.0.100";

  private Texts() {}

  /** One address, VRID 66. */
  static String instance(int priority, String more) {
    return instance(priority, VIP + "/24", more);
  }

  /** Several addresses, VRID 66. */
  static String instance(int priority, String addresses, String more) {
    return String.format(
        Locale.ROOT,
        """
        vrrp_instance lab {
          interface eth0
          virtual_router_id 66
          priority %d
          virtual_ipaddress {
            %s
          }
          %s
        }
        """,
        priority,
        addresses,
        more);
  }
}
