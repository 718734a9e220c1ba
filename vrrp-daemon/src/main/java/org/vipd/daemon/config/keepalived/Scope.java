package org.vipd.daemon.config.keepalived;

/** Where a keyword stands. */
public enum Scope {
  ROOT("at the top of the file"),
  GLOBAL("in global_defs"),
  INSTANCE("in vrrp_instance"),
  GROUP("in vrrp_sync_group"),
  SCRIPT("in vrrp_script"),
  FILE("in track_file"),
  PROCESS("in vrrp_track_process"),
  BFD("in bfd_instance");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** The place in words. */
  public String text() {
    return text;
  }
}
