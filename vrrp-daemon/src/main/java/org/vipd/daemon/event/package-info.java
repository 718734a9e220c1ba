/**
 * What other threads tell the loop thread.
 *
 * <p>May use: {@code daemon.config}, {@code daemon.status}. Must not use: anything that acts.
 */
package org.vipd.daemon.event;
