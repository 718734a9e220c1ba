package org.vipd.daemon.group;

/** The state of a whole group, in the words of operators. */
public enum GroupState {
  INIT,
  BACKUP,
  MASTER,
  FAULT
}
