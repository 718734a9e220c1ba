/**
 * Help for tests, of other modules too: a kernel in memory, and network namespaces to test against
 * the real one.
 *
 * <p>May use: all packages of this module, JUnit. Must not use: any test class.
 */
package org.vipd.netlink.testkit;
