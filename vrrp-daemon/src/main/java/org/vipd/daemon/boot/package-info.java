/**
 * Builds every part of the daemon in order and closes them in reverse. The only package that knows
 * all others.
 *
 * <p>May use: everything. Must not contain: decisions about the election or about packets.
 */
package org.vipd.daemon.boot;
