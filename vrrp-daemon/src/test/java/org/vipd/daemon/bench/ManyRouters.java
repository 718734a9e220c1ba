package org.vipd.daemon.bench;

import org.vipd.daemon.it.Lab;

/** Very many virtual routers on one interface, at the shortest interval that is usual. */
final class ManyRouters {

  /** How many. */
  static final int COUNT = 250;

  /** Between two advertisements of one of them. */
  static final long INTERVAL_NANOS = 100_000_000L;

  /** Skew is half an interval, without rounding in either program. */
  static final int BACKUP_PRIORITY = 128;

  /** Higher than that of the Backup, lower than that of an owner. */
  static final int ACTIVE_PRIORITY = 254;

  /** From the last advertisement of the Active until the Backup has to speak. */
  static final long ACTIVE_DOWN_NANOS = 3 * INTERVAL_NANOS + INTERVAL_NANOS / 2;

  private ManyRouters() {}

  /** The virtual address of one of them, 1..250. */
  static String address(int vrid) {
    return "10.90.1." + vrid;
  }

  /** A configuration for vipd and keepalived alike. */
  static String configuration(int priority, String state) {
    StringBuilder text = new StringBuilder("global_defs {\n  router_id bench\n}\n");
    for (int vrid = 1; vrid <= COUNT; vrid++) {
      text.append("vrrp_instance r").append(vrid).append(" {\n  state ").append(state);
      text.append("\n  interface ").append(Lab.INTERFACE);
      text.append("\n  virtual_router_id ").append(vrid);
      text.append("\n  version 3\n  advert_int 0.1\n  priority ").append(priority);
      text.append("\n  virtual_ipaddress {\n    ").append(address(vrid)).append("\n  }\n}\n");
    }
    return text.toString();
  }
}
