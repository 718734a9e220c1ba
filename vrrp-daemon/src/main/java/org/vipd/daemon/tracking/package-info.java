/**
 * Health checks as the election sees them: counting results, and turning verdicts into priority or
 * fault. Pure: no thread, no clock, no I/O.
 *
 * <p>May use: {@code daemon.config}, {@code daemon.event}, {@code protocol.value}. Must not use:
 * {@code runtime}, ports.
 */
package org.vipd.daemon.tracking;
