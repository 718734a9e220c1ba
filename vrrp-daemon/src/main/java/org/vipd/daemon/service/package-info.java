/**
 * The daemon as a service: the service manager, signals, the runtime directory with its lock, and
 * the lane that writes messages.
 *
 * <p>May use: {@code port}, {@code event}, {@code config.Printable}, SLF4J. Must not use: {@code
 * runtime}, {@code netlink}.
 */
package org.vipd.daemon.service;
