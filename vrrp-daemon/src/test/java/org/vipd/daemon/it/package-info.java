/**
 * Integration tests of the whole daemon on the real kernel, and the laboratory they share with the
 * benchmarks: hosts in network namespaces, processes, captures.
 *
 * <p>May use: everything of this module, the test kit of netlink. Must not use: fixed sleeps,
 * interfaces of the machine.
 */
package org.vipd.daemon.it;
