package org.vipd.daemon.event;

/** What to do with a configuration that was read again. */
public enum ReloadMode {
  /** Put it in force. */
  APPLY,
  /** Only say what would change. */
  PLAN
}
