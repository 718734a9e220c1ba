/**
 * Benchmarks of the whole daemon beside keepalived, as programs: {@code bin/bench}.
 *
 * <p>May use: the laboratory of {@code it}. Must not use: assertions about durations.
 */
package org.vipd.daemon.bench;
