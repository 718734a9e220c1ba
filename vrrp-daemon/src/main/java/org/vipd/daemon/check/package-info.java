/**
 * Checks without processes: asks sockets, files and the kernel's tables on threads of their own.
 *
 * <p>May use: {@code config}, {@code config.probe}, {@code config.check.host.FileKind}, {@code
 * event}, {@code port}, {@code protocol.value}, {@code watch.ProcessList}, Gson. Must not use:
 * {@code runtime}, {@code netlink}, protocol state.
 */
package org.vipd.daemon.check;
