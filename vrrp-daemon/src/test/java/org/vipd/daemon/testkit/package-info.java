/**
 * Fakes for every port of the daemon, written once, and virtual time to drive event loops with.
 *
 * <p>May use: everything of the daemon but {@code linux} and {@code boot}. Must not use: real time,
 * threads, the operating system.
 */
package org.vipd.daemon.testkit;
