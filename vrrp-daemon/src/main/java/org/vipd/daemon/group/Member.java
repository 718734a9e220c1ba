package org.vipd.daemon.group;

/**
 * A member of a group as it is now.
 *
 * @param name name of the instance
 * @param role its role on the LAN
 * @param condition whether it could run, the group left aside
 * @param wantsToRise whether nobody was heard for its Active down interval, so that it would rise
 *     if it were alone
 */
public record Member(String name, Role role, Condition condition, boolean wantsToRise) {

  /** Roles on the LAN. */
  public enum Role {
    /** Not taking part. */
    OUT,
    BACKUP,
    ACTIVE
  }

  /** Whether it could run. */
  public enum Condition {
    READY,
    /** First results are awaited. */
    WAITING,
    FAULT
  }
}
