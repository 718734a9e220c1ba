package org.vipd.daemon.config.keepalived;

import java.util.List;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.LoadResult;

/** Short ways to read a text and to look at what came of it. */
final class Loading {

  private Loading() {}

  static LoadResult load(String text) {
    return KeepalivedReader.parse("k.conf", text);
  }

  /** The model of a text that must be usable. */
  static DaemonConfig model(String text) {
    LoadResult result = load(text);
    return result.config().orElseThrow(() -> new AssertionError(result.problems().toString()));
  }

  /** All problems as text. */
  static List<String> problems(String text) {
    return load(text).problems().stream().map(ConfigProblem::toString).toList();
  }

  /** An instance on eth0, VRID 51, with 10.0.0.100; each line on a line of its own from line 5. */
  static String instance(String... lines) {
    return """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          virtual_ipaddress { 10.0.0.100 }
        %s
        }
        """
        .formatted(String.join("\n", lines));
  }

  /** The one instance of {@link #instance} with these lines. */
  static InstanceConfig only(String... lines) {
    return model(instance(lines)).instances().get(0);
  }

  /** The problems of {@link #instance} with these lines. */
  static List<String> problemsOf(String... lines) {
    return problems(instance(lines));
  }
}
