/**
 * The state of the daemon as immutable records: what {@code vipd status} shows and what the control
 * socket sends. Component names are the JSON names.
 *
 * <p>May use: JDK and the annotations of Gson. Must not use: anything else.
 */
package org.vipd.daemon.status;
