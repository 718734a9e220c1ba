package org.vipd.protocol.simulation;

/** What must hold; the first seven carry the numbers of the architecture document. */
enum Invariant {
  /** I1: after a fault heals, exactly one Active within the bound. */
  I1_ONE_ACTIVE,
  /** I2: addresses are there exactly while Active; install and remove alternate. */
  I2_ADDRESSES,
  /** I3: nothing is advertised outside Active, except one priority 0 on resigning. */
  I3_SPEAKING,
  /** I4: without preemption a live Active is displaced by nobody lower or later. */
  I4_NO_PREEMPTION,
  /** I5: every deadline lies in the future. */
  I5_DEADLINE,
  /** I6: rejected input changes nothing. */
  I6_REJECTED,
  /**
   * I7: the address has left a dead or sleeping host before another claims it that heard its last
   * word, for intervals of a second and more; and nobody advertises an address that its lease took.
   */
  I7_LEASE,
  /** A sound advertisement from another router is taken in. */
  HEARING,
  /** On promotion: advertise, install, announce, publish. On resignation: say so, then remove. */
  ORDER,
  /** A Backup waits its Active down interval, or its skew after priority 0. */
  PATIENCE,
  /** And no longer than that; a change of configuration never puts it off. */
  PROMPTNESS,
  /** An Active yields only to a higher priority, or to our priority and a higher address. */
  YIELDING,
  /** An Active answers priority 0, and a losing advertisement unless told not to. */
  ANSWERING,
  /** Two owners that hear each other are reported; nobody else is. */
  CONFLICT,
  /** Immediate answers keep their spacing. */
  ANSWER_SPACING,
  /** With preemption everywhere, the highest priority ends up Active. */
  BEST_WINS
}
