/**
 * Link-layer addresses, interface numbers and IP prefixes as values, without any system call.
 *
 * <p>May use: the JDK. Must not use: any other package of this module.
 */
package org.vipd.netlink.address;
