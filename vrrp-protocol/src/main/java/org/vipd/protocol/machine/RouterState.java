package org.vipd.protocol.machine;

import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;

/**
 * A state of the election; it answers every input, if only by staying.
 *
 * <p>All times are monotonic nanoseconds of one clock that starts at any number.
 */
public sealed interface RouterState permits Initialize, Backup, Active {

  /** Which of the three states this is. */
  StateKind kind();

  /** When {@link #tick} wants to be called; {@link Long#MAX_VALUE} for never. */
  long deadlineNanos();

  /** The router may begin to take part: interface, address and checks are there. */
  Step startup(RouterConfig config, long nowNanos);

  /**
   * The router may begin to take part, and its addresses are still on this host from a run that
   * ended a moment ago without a word: nobody else can have claimed them yet.
   */
  Step resume(RouterConfig config, long nowNanos);

  /** The router must not take part any longer. */
  Step shutdown(RouterConfig config, ShutdownCause cause, long nowNanos);

  /** An advertisement passed every receive check. */
  Step advertisement(
      RouterConfig config, Advertisement advertisement, IpAddress source, long nowNanos);

  /** Time has passed; without effect before the deadline. */
  Step tick(RouterConfig config, long nowNanos);

  /**
   * The host slept through a deadline: it was stopped, starved or asleep, and others may have acted
   * meanwhile. To be handed in before the packets that came in the meantime.
   */
  Step wokeLate(RouterConfig config, Sleep sleep, long nowNanos);

  /** The configuration changed; the state is kept. */
  Step reconfigure(RouterConfig before, RouterConfig after, long nowNanos);
}
