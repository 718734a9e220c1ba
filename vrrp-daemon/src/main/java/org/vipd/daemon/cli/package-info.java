/**
 * The command line: one class per command, which parses, calls, prints and returns an exit status.
 *
 * <p>May use: {@code boot}, {@code control}, {@code status}, {@code service.RuntimeDirectory},
 * {@code config} and its readers and rules, picocli, Gson. Must not contain: logic of the daemon.
 */
package org.vipd.daemon.cli;
