package org.vipd.daemon.testkit;

import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;

/** Configurations of tests, written in keepalived's language. */
public final class Configurations {

  private Configurations() {}

  /** The model of a text that must be usable. */
  public static DaemonConfig of(String text) {
    LoadResult result = KeepalivedReader.parse("test.conf", text);
    return result
        .config()
        .orElseThrow(() -> new IllegalArgumentException(result.problems().toString()));
  }

  /** VI_1 and VI_2, VRIDs 51 and 52, with the same virtual address. */
  public static String twoWithOneAddress() {
    String one = instance(100);
    return one + one.replace("VI_1", "VI_2").replace("router_id 51", "router_id 52");
  }

  /** One instance VI_1 on eth0 with VRID 51 and VIP 10.0.0.100, and more lines inside it. */
  public static String instance(int priority, String... lines) {
    return """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority %d
          virtual_ipaddress { 10.0.0.100 }
          %s
        }
        """
        .formatted(priority, String.join("\n  ", lines));
  }
}
