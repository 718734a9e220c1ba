package org.vipd.protocol.machine;

/** The three states of RFC 9568 section 6.4. */
public enum StateKind {
  /** Not taking part. */
  INITIALIZE,
  /** Watching the Active router. */
  BACKUP,
  /** Holding the virtual addresses. */
  ACTIVE
}
