/**
 * Child processes: health checks on their schedule and notify scripts in their lanes, all on one
 * thread, started by others.
 *
 * <p>May use: {@code config}, {@code config.check.host} for what is wrong with a program, {@code
 * event}, {@code port}. Must not use: {@code runtime}, {@code netlink}, protocol state.
 */
package org.vipd.daemon.script;
