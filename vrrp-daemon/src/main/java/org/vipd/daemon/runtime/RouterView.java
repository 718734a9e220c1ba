package org.vipd.daemon.runtime;

import java.time.Instant;
import org.vipd.daemon.tracking.EffectivePriority;

/**
 * State of a router for display.
 *
 * @param state in keepalived's words
 * @param reason why
 * @param since wall clock time of entering it
 * @param sinceNanos monotonic time of entering it
 * @param priority with its arithmetic
 */
record RouterView(
    DisplayState state,
    String reason,
    Instant since,
    long sinceNanos,
    EffectivePriority priority) {}
