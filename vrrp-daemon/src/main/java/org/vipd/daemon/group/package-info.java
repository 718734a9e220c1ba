/**
 * Sync groups: what members of a group do because of each other. Pure: no thread, no clock, no I/O.
 *
 * <p>May use: nothing of ours. Must not use: {@code runtime}, ports.
 */
package org.vipd.daemon.group;
