package org.vipd.daemon.runtime;

import org.vipd.protocol.machine.StateKind;

/** The state in keepalived's words, which operators and their scripts know. */
enum DisplayState {
  INIT,
  BACKUP,
  MASTER,
  FAULT,
  STOP,
  /** Gone after a reload. */
  DELETED;

  /** FAULT is Initialize with something to mend. */
  static DisplayState of(StateKind kind, Readiness readiness) {
    return switch (kind) {
      case ACTIVE -> MASTER;
      case BACKUP -> BACKUP;
      case INITIALIZE -> readiness.isFault() ? FAULT : INIT;
    };
  }
}
