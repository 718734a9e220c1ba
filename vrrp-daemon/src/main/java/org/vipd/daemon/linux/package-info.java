/**
 * The ports on Linux: one adapter each. The only package that knows {@code netlink}.
 *
 * <p>May use: {@code port}, {@code config}, {@code runtime.MonotonicClock}, {@code protocol.value},
 * {@code protocol.wire}, {@code netlink.*}. Must not decide anything: translate and pass on.
 */
package org.vipd.daemon.linux;
