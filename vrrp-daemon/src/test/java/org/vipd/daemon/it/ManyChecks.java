package org.vipd.daemon.it;

/** A configuration with very many scripts that one instance depends on. */
public final class ManyChecks {

  /** With the interval of one second: checks per second. */
  public static final int COUNT = 200;

  private ManyChecks() {}

  /**
   * An instance on the laboratory's interface with {@link #COUNT} scripts that succeed.
   *
   * @param globals further lines of {@code global_defs}
   * @param more further lines of the instance
   */
  public static String configuration(String globals, String more) {
    StringBuilder scripts =
        new StringBuilder("global_defs {\n script_user root\n" + globals + "}\n");
    StringBuilder tracks = new StringBuilder("track_script {\n");
    for (int i = 1; i <= COUNT; i++) {
      scripts
          .append("vrrp_script check")
          .append(i)
          .append(" {\n script \"/bin/true ")
          .append(i)
          .append("\"\n interval 1\n timeout 30\n weight 0\n}\n");
      tracks.append("  check").append(i).append('\n');
    }
    return scripts + Texts.instance(100, more + tracks + " }");
  }
}
